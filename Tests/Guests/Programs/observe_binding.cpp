// Uses all of observe.hpp; compiled by CppBindingTests. A tag holds 32 bytes.
#define OBSERVE_TEXT_MAX 32
#include "observe.hpp"

#include <cstdint>
#include <limits>
#include <string>

using namespace std::string_literals;
using namespace std::string_view_literals;

static_assert(!std::is_copy_constructible_v<observe::span> && !std::is_move_constructible_v<observe::span>);
static_assert(!std::is_copy_assignable_v<observe::span> && !std::is_move_assignable_v<observe::span>);
static_assert(!std::is_copy_constructible_v<observe::timer> && !std::is_move_constructible_v<observe::timer>);
static_assert(!std::is_constructible_v<observe::value, int *> && !std::is_constructible_v<observe::value, char>);
static_assert(std::is_nothrow_constructible_v<observe::span, std::string_view>);

static int leave_early(bool leave)
{
    observe::span span("return");
    if (leave) {
        return 1;
    }
    observe::log(observe::level::error, "not reached");
    return 0;
}

static void leave_blocks()
{
    for (int turn = 0;; turn++) {
        observe::span span("turn", {{"number", turn}});
        if (turn == 0) {
            continue;
        }
        break;
    }
    observe::log(observe::level::debug, "left");
}

static void nest()
{
    observe::span first("first");
    observe::span second("second"s);
    {
        observe::span block("block and more"sv.substr(0, 5));
    }
    observe::log(observe::level::trace, "two are open, said at length"sv.substr(0, 12));
}

static void tag()
{
    observe::span span("tags", {{"text", "a,b:c"}, {"k:e,y", true}});
    observe::tag("string", "kept"s);
    observe::tag("a view"sv.substr(2), "cut here"sv.substr(0, 3));
    observe::tag("bool", false);
    observe::tag("int", -7);
    observe::tag("long", std::numeric_limits<std::int64_t>::min());
    observe::tag("size", std::numeric_limits<std::uint64_t>::max());
    observe::tag("short", std::uint16_t{65535});
    observe::tag("float", 0.5f);
    observe::tag("double", 0.1);
    observe::tag("key", "0123456789012345678901234567\xC3\xA9"sv);
}

static void measure()
{
    observe::counter("c");
    observe::counter("c of many"sv.substr(0, 1), -3);
    observe::gauge("g", 0.1);
    observe::timing("t", std::chrono::microseconds(1500));
    observe::timing("t", std::chrono::seconds(2));
    observe::metric("set:one|s");
    observe::timer timer("lived");
    observe::log(observe::level::info, "still alive");
}

int main()
{
    std::printf("%d\n", leave_early(true));
    leave_blocks();
    nest();
    tag();
    measure();
}

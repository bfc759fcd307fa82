// Leaves spans by exceptions, which Debian's WASI toolchain does not have: CppBindingTests builds
// this for the machine itself, with the binding believing that it is WebAssembly and this as the host.
#include "observe.hpp"

#include <cstdio>
#include <stdexcept>

static void fail()
{
    observe::span inner("inner", {{"fails", true}});
    throw std::runtime_error("on purpose");
}

int main()
{
    try {
        observe::span outer("outer");
        fail();
    } catch (const std::exception &error) {
        observe::log(observe::level::error, error.what());
    }
}

static void say(const char *call, const char *text, size_t length)
{
    std::printf("%s%.*s\n", call, static_cast<int>(length), text);
}

void observe_host_span_enter(const char *name, size_t length)
{
    say("span-enter ", name, length);
}

void observe_host_span_exit(void)
{
    say("span-exit", "", 0);
}

void observe_host_span_tags(const char *tags, size_t length)
{
    say("span-tags ", tags, length);
}

void observe_host_log(int level, const char *text, size_t length)
{
    std::printf("log %d ", level);
    say("", text, length);
}

void observe_host_metric(int, const char *text, size_t length)
{
    say("metric ", text, length);
}

/* Uses all of observe.h; compiled by CBindingTests as C and as C++. Texts hold 15 formatted bytes. */
#define OBSERVE_TEXT_MAX 16
#include "observe.h"

#include <wchar.h>

static int leave_early(int leave)
{
    OBSERVE_SPAN("return");
    if (leave) {
        return 1;
    }
    observe_log(OBSERVE_ERROR, "not reached");
    return 0;
}

static void leave_blocks(void)
{
    for (int turn = 0;; turn++) {
        OBSERVE_SPAN("turn");
        if (turn == 0) {
            continue;
        }
        if (turn == 1) {
            goto left;
        }
        break;
    }
left:
    observe_log(OBSERVE_DEBUG, "left");
}

static void nest(void)
{
    OBSERVE_SPAN("first");
    OBSERVE_SPAN("second");
    {
        OBSERVE_SPAN("block");
    }
    observe_log(OBSERVE_TRACE, "two are open");
}

static void cut_formatted(void)
{
    observe_logf(OBSERVE_INFO, "%s", "0123456789abcde");
    observe_logf(OBSERVE_INFO, "%s", "0123456789abcdef");
    observe_logf(OBSERVE_INFO, "%s", "0123456789abc\xC3\xA9");
    observe_logf(OBSERVE_INFO, "%s", "0123456789abcd\xC3\xA9");
    observe_logf(OBSERVE_INFO, "%s", "0123456789abc\xE2\x82\xAC");
    observe_logf(OBSERVE_INFO, "%s", "0123456789ab\xF0\x9F\x98\x80");
    observe_logf(OBSERVE_INFO, "%s", "0123456789\xF0\x9F\x98\x80xyz");
    observe_logf(OBSERVE_INFO, "%s", "");
    observe_logf(OBSERVE_INFO, "%ls", L"\xD800"); /* has no UTF-8: formatting fails */
    observe_log(OBSERVE_WARN, "as long as it is: 0123456789");
}

static void tag(void)
{
    OBSERVE_SPAN("tags");
    observe_span_tag("k", "0123456789abcd");
    observe_span_tag("k", "0123456789abc\xC3\xA9");
    observe_span_tag("k", "");
    observe_span_tag("a:b,c", "x,y:z");
    observe_span_tagf("n", "%d,%d", 1, 2);
    observe_span_tagf("k", "%s", "0123456789ab\xC3\xA9");
    observe_span_tagf("a key that fills", "%d", 1);
}

static void measure(void)
{
    observe_counter("c", -3);
    observe_gauge("g", 0.1);
    observe_timer("t", 1.5);
    observe_metric("set:one|s");
}

int main(void)
{
    printf("%d\n", leave_early(1));
    leave_blocks();
    nest();
    cut_formatted();
    tag();
    measure();
    observe_span_enter("by hand");
    observe_span_exit();
    return 0;
}

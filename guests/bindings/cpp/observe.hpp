/*
 * Spans, tags, logs and metrics from a WebAssembly guest to its host: the Observe API for C++17.
 *
 *     #include "observe.hpp"
 *
 *     std::optional<std::string> load(const std::string &path)
 *     {
 *         observe::span span("load", {{"path", path}});   // ends with this function, whichever way it is left
 *         observe::timer timer("load_time");
 *         std::FILE *file = std::fopen(path.c_str(), "rb");
 *         if (file == nullptr) {
 *             observe::log(observe::level::error, "cannot open " + path);
 *             return std::nullopt;
 *         }
 *         ...
 *
 * It stands on observe.h, which has to be found beside it or by -I, and whose OBSERVE_DISABLED,
 * OBSERVE_TEXT_MAX and rules for text hold here too. Nothing here allocates or throws, and it needs
 * neither exceptions nor RTTI. Text need not end with a zero byte.
 */
#ifndef OBSERVE_HPP
#define OBSERVE_HPP

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <ratio>
#include <string_view>
#include <type_traits>

#include "observe.h"

namespace observe {

/* How grave a log record is. */
enum class level : int {
    error = OBSERVE_ERROR,
    warn = OBSERVE_WARN,
    info = OBSERVE_INFO,
    debug = OBSERVE_DEBUG,
    trace = OBSERVE_TRACE
};

/*
 * The value of a tag: text, an integer, a floating-point number (15 digits are sent) or a bool. It
 * refers to text and does not keep it, so it is for arguments only.
 */
class value {
public:
    template <class T, std::enable_if_t<std::is_convertible_v<const T &, std::string_view>, int> = 0>
    value(const T &text) noexcept : kind_(kind::text), text_(text)
    {
    }

    /* Neither a pointer, which would become a bool, nor a char, which would become its code. */
    template <class T, std::enable_if_t<std::is_arithmetic_v<T> && !std::is_same_v<T, char>, int> = 0>
    value(T number) noexcept
    {
        if constexpr (std::is_same_v<T, bool>) {
            kind_ = kind::text;
            text_ = number ? std::string_view("true") : std::string_view("false");
        } else if constexpr (std::is_floating_point_v<T>) {
            kind_ = kind::real;
            real_ = static_cast<double>(number);
        } else if constexpr (std::is_signed_v<T>) {
            kind_ = kind::integer;
            integer_ = number;
        } else {
            kind_ = kind::natural;
            natural_ = number;
        }
    }

private:
    friend void tag(std::string_view key, value value) noexcept;

    enum class kind { text, integer, natural, real };

    void append_to(observe_text &text) const noexcept
    {
        switch (kind_) {
        case kind::text: observe_text_append(&text, text_.data(), text_.size()); break;
        case kind::integer: observe_text_format(&text, "%lld", integer_); break;
        case kind::natural: observe_text_format(&text, "%llu", natural_); break;
        case kind::real: observe_text_format(&text, "%.15g", real_); break;
        }
    }

    kind kind_ = kind::text;
    std::string_view text_;
    union {
        long long integer_ = 0;
        unsigned long long natural_;
        double real_;
    };
};

/* ---- spans ---- */

/* Tags the innermost open span; a comma or colon in a key, a comma in a text are replaced as in observe.h. */
inline void tag(std::string_view key, value value) noexcept
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        std::size_t start = observe_text_key(&text, key.data(), key.size());
        value.append_to(text);
        observe_text_send_tag(&text, start);
    }
}

struct key_value {
    std::string_view key;
    observe::value value;
};

/*
 * A span from here to where the enclosing block is left: at its end, by a return, break, continue
 * or goto, or by an exception. exit() and a trap close it on the host's side.
 *
 * The host closes spans from the inside out, as C++ destroys the variables of a block; so a span
 * stays where it is: it can be neither copied nor moved, and new and static are no place for it.
 */
class [[nodiscard]] span {
public:
    /* Opens it inside the innermost open span, with these tags; observe::tag adds more. */
    explicit span(std::string_view name, std::initializer_list<key_value> tags = {}) noexcept
    {
        observe_host_span_enter(name.data(), name.size());
        for (const key_value &each : tags) {
            tag(each.key, each.value);
        }
    }

    ~span() { observe_span_exit(); }

    span(const span &) = delete;
    span &operator=(const span &) = delete;
    static void *operator new(std::size_t) = delete;
    static void *operator new[](std::size_t) = delete;
};

/* ---- logs ---- */

/* Writes a log record, correlated with the innermost open span. */
inline void log(level level, std::string_view message) noexcept
{
    observe_host_log(static_cast<int>(level), message.data(), message.size());
}

/* ---- metrics (a name holds no ':' and no '|') ---- */

/* Sends a line of statsd text, for kinds that have no function here. */
inline void metric(std::string_view statsd) noexcept
{
    observe_host_metric(1, statsd.data(), statsd.size());
}

/* Adds to a counter. */
inline void counter(std::string_view name, long long delta = 1) noexcept
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_append(&text, name.data(), name.size());
        observe_text_format(&text, ":%lld|c", delta);
        metric({text.bytes, text.length});
    }
}

/* Sets a gauge. */
inline void gauge(std::string_view name, double value) noexcept
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_append(&text, name.data(), name.size());
        observe_text_format(&text, ":%.15g|g", value);
        metric({text.bytes, text.length});
    }
}

/* Records a duration, to the microsecond. */
inline void timing(std::string_view name, std::chrono::duration<double, std::milli> duration) noexcept
{
    if (OBSERVE_ENABLED) {
        observe_text text;
        text.length = 0;
        observe_text_append(&text, name.data(), name.size());
        observe_text_format(&text, ":%.3f|ms", duration.count());
        metric({text.bytes, text.length});
    }
}

/* Records how long it lived. The name has to live as long. */
class [[nodiscard]] timer {
public:
    explicit timer(std::string_view name) noexcept : name_(name)
    {
        if (OBSERVE_ENABLED) {
            start_ = std::chrono::steady_clock::now();
        }
    }

    ~timer()
    {
        if (OBSERVE_ENABLED) {
            timing(name_, std::chrono::steady_clock::now() - start_);
        }
    }

    timer(const timer &) = delete;
    timer &operator=(const timer &) = delete;

private:
    std::string_view name_;
    std::chrono::steady_clock::time_point start_;
};

} // namespace observe

#endif

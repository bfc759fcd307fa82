/* Counts the different words of its standard input and prints the most frequent one. */
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "observe.hpp"

namespace {

using counts = std::map<std::string, int, std::less<>>;

bool is_letter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

std::optional<std::string> read_input()
{
    observe::span span("read");
    std::string text;
    char chunk[4096];
    while (std::size_t length = std::fread(chunk, 1, sizeof chunk, stdin)) {
        text.append(chunk, length);
    }
    observe::tag("bytes", text.size());
    if (std::ferror(stdin)) {
        observe::log(observe::level::error, "cannot read stdin");
        return std::nullopt;
    }
    return text;
}

counts count_words(std::string_view text)
{
    observe::span span("count", {{"bytes", text.size()}});
    observe::timer timer("count_time");
    counts words;
    for (auto at = text.begin(); (at = std::find_if(at, text.end(), is_letter)) != text.end();) {
        auto end = std::find_if_not(at, text.end(), is_letter);
        std::string word(at, end);
        std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
        ++words[word];
        at = end;
    }
    observe::tag("words", words.size());
    return words;
}

int print_most_frequent()
{
    observe::span span("word_count");
    std::optional<std::string> text = read_input();
    if (!text) {
        return 1;
    }
    counts words = count_words(*text);
    if (words.empty()) {
        observe::log(observe::level::warn, "there are no words");
        return 2; // the span ends here as well
    }
    auto most = std::max_element(words.begin(), words.end(), [](const auto &a, const auto &b) {
        return a.second < b.second;
    });
    observe::tag("most_frequent", most->first);
    observe::tag("times", most->second);
    observe::counter("words", static_cast<long long>(words.size()));
    std::printf("%s %d\n", most->first.c_str(), most->second);
    return 0;
}

} // namespace

int main()
{
    return print_most_frequent();
}

// Templates of the standard library, inlined into each other.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace {

struct by_length {
    bool operator()(const std::string &left, const std::string &right) const
    {
        return left.size() != right.size() ? left.size() < right.size() : left < right;
    }
};

}

int main(int argc, char **argv)
{
    std::vector<std::string> words(argv, argv + argc);
    std::sort(words.begin(), words.end(), by_length{});
    for (const auto &word : words) {
        std::puts(word.c_str());
    }
}

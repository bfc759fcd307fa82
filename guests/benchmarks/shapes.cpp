// A tree of arithmetic expressions, evaluated n times: virtual calls.
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace {

class expression {
public:
    virtual ~expression() = default;
    virtual int64_t value(int64_t x) const = 0;
};

class constant final : public expression {
public:
    explicit constant(int64_t number) : number_(number) {}
    int64_t value(int64_t) const override { return number_; }

private:
    int64_t number_;
};

class variable final : public expression {
public:
    int64_t value(int64_t x) const override { return x; }
};

class sum final : public expression {
public:
    void add(std::unique_ptr<expression> term) { terms_.push_back(std::move(term)); }

    int64_t value(int64_t x) const override
    {
        int64_t total = 0;
        for (const auto &term : terms_) {
            total += term->value(x);
        }
        return total;
    }

private:
    std::vector<std::unique_ptr<expression>> terms_;
};

class product final : public expression {
public:
    product(std::unique_ptr<expression> left, std::unique_ptr<expression> right) : left_(std::move(left)), right_(std::move(right)) {}
    int64_t value(int64_t x) const override { return left_->value(x) * right_->value(x) % 1000003; }

private:
    std::unique_ptr<expression> left_;
    std::unique_ptr<expression> right_;
};

std::unique_ptr<expression> build(int depth, uint32_t &random)
{
    random = random * 1664525 + 1013904223;
    if (depth == 0) {
        if (random >> 31) {
            return std::make_unique<variable>();
        }
        return std::make_unique<constant>(random >> 24);
    }
    if (random >> 30 & 1) {
        return std::make_unique<product>(build(depth - 1, random), build(depth - 1, random));
    }
    auto all = std::make_unique<sum>();
    for (int i = 0; i < 3; i++) {
        all->add(build(depth - 1, random));
    }
    return all;
}

} // namespace

extern "C" int64_t run(int n)
{
    uint32_t random = 42;
    auto tree = build(8, random);
    int64_t total = 0;
    for (int x = 0; x < n; x++) {
        total += tree->value(x);
    }
    return total;
}

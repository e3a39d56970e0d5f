#include "kernel/id.hpp"

#include <sys/random.h>

#include <chrono>
#include <cstring>
#include <stdexcept>

namespace ponte {
namespace {

// Random bytes in stock: one system call for hundreds of ids.
class Dice {
public:
    std::uint64_t roll() {
        if (used_ == stock_.size()) {
            refill();
        }
        return stock_[used_++];
    }

private:
    void refill() {
        auto* bytes = reinterpret_cast<char*>(stock_.data());
        std::size_t filled = 0;
        while (filled < sizeof(stock_)) {
            const auto got = getrandom(bytes + filled, sizeof(stock_) - filled, 0);
            if (got < 0 && errno != EINTR) {
                throw std::runtime_error("the system gives no random bytes");
            }
            filled += got < 0 ? 0 : static_cast<std::size_t>(got);
        }
        used_ = 0;
    }

    std::array<std::uint64_t, 512> stock_{};
    std::size_t used_ = stock_.size();
};

// Milliseconds, then 12 bits of their fraction (RFC 9562, method 3). Never twice the same and never
// back on one thread, also when the clock is set back.
std::uint64_t next_tick() {
    thread_local std::uint64_t last = 0;
    using std::chrono::nanoseconds;
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    const auto ns =
        static_cast<std::uint64_t>(std::chrono::duration_cast<nanoseconds>(since_epoch).count());
    const std::uint64_t ms = ns / 1'000'000;
    const std::uint64_t fraction = (ns % 1'000'000) * 4096 / 1'000'000;
    last = std::max(last + 1, ms << 12 | fraction);
    return last;
}

void store(std::uint8_t* to, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        *to++ = static_cast<std::uint8_t>(value >> shift);
    }
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

constexpr bool has_dash_before(std::size_t byte) {
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

}  // namespace

Id Id::make() {
    thread_local Dice dice;
    const std::uint64_t tick = next_tick();
    constexpr std::uint64_t version = 0x7000, variant = 0x8000'0000'0000'0000;
    Id id;
    store(id.bytes.data(), (tick >> 12) << 16 | version | (tick & 0xfff));
    store(id.bytes.data() + 8, variant | dice.roll() >> 2);
    return id;
}

std::optional<Id> Id::parse(std::string_view text) {
    constexpr std::string_view customer_prefix = "cust_";
    if (text.starts_with(customer_prefix)) {
        text.remove_prefix(customer_prefix.size());
    }
    if (text.size() != 36) {
        return {};
    }
    Id id;
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        if (has_dash_before(byte) && text[at++] != '-') {
            return {};
        }
        const int high = hex_value(text[at]);
        const int low = hex_value(text[at + 1]);
        if (high < 0 || low < 0) {
            return {};
        }
        id.bytes[byte] = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
    return id;
}

std::string Id::text() const {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 16; ++byte) {
        at += has_dash_before(byte) ? 1 : 0;
        text[at++] = digits[bytes[byte] >> 4];
        text[at++] = digits[bytes[byte] & 15];
    }
    return text;
}

}  // namespace ponte

// The random half first; the time still counts, because foreign ids may have other shapes.
std::size_t std::hash<ponte::Id>::operator()(const ponte::Id& id) const noexcept {
    std::uint64_t time_part = 0, random_part = 0;
    std::memcpy(&time_part, id.bytes.data(), 8);
    std::memcpy(&random_part, id.bytes.data() + 8, 8);
    return random_part ^ (time_part * 0x9e37'79b9'7f4a'7c15);
}

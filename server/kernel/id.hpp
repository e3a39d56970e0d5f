// Ids are UUIDv7: 16 bytes, ordered by the time they were made. An Id is a value.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ponte {

struct Id {
    std::array<std::uint8_t, 16> bytes{};

    static Id make();                                       // a new UUIDv7
    static std::optional<Id> parse(std::string_view text);  // also `cust_<uuid>`
    std::string text() const;
    bool is_nil() const { return bytes == std::array<std::uint8_t, 16>{}; }
    friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace ponte

template <>
struct std::hash<ponte::Id> {
    std::size_t operator()(const ponte::Id& id) const noexcept;
};

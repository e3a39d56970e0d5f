#include "modules/sales/price.hpp"

#include <cmath>

namespace ponte::sales {

std::int64_t price_of(std::int64_t unit_price, double quantity, double discount) {
    constexpr std::int64_t parts = 10'000;
    const auto of_quantity = static_cast<__int128>(std::llround(quantity * parts));
    const auto left = static_cast<__int128>(parts - std::llround(discount * 100));
    constexpr __int128 whole = static_cast<__int128>(parts) * parts;
    return static_cast<std::int64_t>((unit_price * of_quantity * left + whole / 2) / whole);
}

std::string written_price(std::int64_t cents) {
    const std::int64_t rest = cents % 100;
    return std::to_string(cents / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

}  // namespace ponte::sales

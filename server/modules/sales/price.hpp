// Amounts of a proposal, in cents.
#pragma once

#include <cstdint>
#include <string>

namespace ponte::sales {

// R$ 100 million of one thing, and a hundred thousand of it: whatever a proposal of 200 such items
// comes to fits into a sum of cents.
inline constexpr std::int64_t highest_price = 10'000'000'000;
inline constexpr std::int64_t most_of_one = 100'000;

// What so many cost, less a discount in percent; quantities count to four places, discounts to two.
// Half a cent is rounded up.
std::int64_t price_of(std::int64_t unit_price, double quantity, double discount);

// Cents as a field of money takes them: 1250 is "12.50". Never by way of a floating point.
std::string written_price(std::int64_t cents);

}  // namespace ponte::sales

// Amounts of a proposal, in cents.
#pragma once

#include <cstdint>

namespace ponte::sales {

// R$ 100 million of one thing, and a hundred thousand of it: whatever a proposal of 200 such items
// comes to fits into a sum of cents.
inline constexpr std::int64_t highest_price = 10'000'000'000;
inline constexpr std::int64_t most_of_one = 100'000;

// What so many cost, less a discount in percent; quantities count to four places, discounts to two.
// Half a cent is rounded up.
std::int64_t price_of(std::int64_t unit_price, double quantity, double discount);

}  // namespace ponte::sales

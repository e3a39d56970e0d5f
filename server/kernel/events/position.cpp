#include <charconv>

#include "kernel/events.hpp"

namespace ponte {
namespace {

// Digits only, all of them: "+1", "" and "1x" are no numbers here.
std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size()) {
        return {};
    }
    return number;
}

}  // namespace

std::string Position::text() const {
    return std::to_string(transaction) + "." + std::to_string(sequence);
}

std::optional<Position> Position::parse(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        return {};
    }
    const auto transaction = parse_number(text.substr(0, dot));
    const auto sequence = parse_number(text.substr(dot + 1));
    if (!transaction || !sequence) {
        return {};
    }
    return Position{*transaction, *sequence};
}

}  // namespace ponte

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include "kernel/outbound.hpp"

namespace ponte::outbound {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string_view Answer::header(std::string_view name) const {
    for (const std::string& line : headers) {
        const std::size_t colon = line.find(':');
        if (colon != line.npos && is_same(std::string_view(line).substr(0, colon), name)) {
            const std::size_t begin = line.find_first_not_of(' ', colon + 1);
            return begin == line.npos ? std::string_view{} : std::string_view(line).substr(begin);
        }
    }
    return {};
}

Outcome outcome_of(const Answer& answer) {
    switch (answer.trouble) {
        case Trouble::none:
            break;
        case Trouble::address:
        case Trouble::private_place:
        case Trouble::certificate:
            return Outcome::needs_attention;
        default:
            return Outcome::later;
    }
    constexpr int request_timeout = 408, too_early = 425, too_many = 429;
    const int status = answer.status;
    if (status >= 200 && status < 300) {
        return Outcome::ok;
    }
    if (status == 401 || status == 403 || status == 407) {
        return Outcome::needs_attention;
    }
    const bool may_pass = status >= 500 || status == request_timeout || status == too_early ||
                          status == too_many || status == 409;
    return may_pass ? Outcome::later : Outcome::refused;
}

std::optional<Milliseconds> retry_after(const Answer& answer, Time now) {
    const std::string text(answer.header("retry-after"));
    if (text.empty()) {
        return {};
    }
    std::int64_t seconds = 0;
    const char* last = text.data() + text.size();
    const auto [end, problem] = std::from_chars(text.data(), last, seconds);
    if (problem != std::errc{} || end != last) {
        const std::time_t at = curl_getdate(text.c_str(), nullptr);
        if (at < 0) {
            return {};
        }
        seconds = at - std::chrono::system_clock::to_time_t(now);
    }
    constexpr std::int64_t most_s = 24 * 3600;
    return Milliseconds{std::clamp<std::int64_t>(seconds, 0, most_s) * 1000};
}

std::optional<Time> again_at(const Answer& answer, Time now) {
    if (answer.again_at) {
        return answer.again_at;
    }
    const auto wait = retry_after(answer, now);
    return wait ? std::optional(now + *wait) : std::nullopt;
}

}  // namespace ponte::outbound

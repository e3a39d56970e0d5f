// How a delivery proves that it is ours and was not changed on its way: Standard Webhooks 1.0.0,
// and beside it the plain signature that other systems' scripts check.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/values.hpp"

namespace ponte::webhooks {

std::string new_secret();  // "whsec_…"
// Empty: it may be used. "whsec_" with base64 of 24 to 64 bytes, or any text of 16 to 200 bytes.
std::string_view problem_of_secret(std::string_view secret);

struct Signed {
    std::string_view id, body, data;  // `data`: the part of the body that the seed signs
    Time at;                          // of this attempt
    int version = 1;                  // 0: X-Webhook-Signature covers the data alone
};
// Headers to send. `secrets`: the one in use, then those that are going out of use.
std::vector<std::string> signature_headers(const Signed& what,
                                           const std::vector<std::string>& secrets);
// What stands in the body itself, over its data.
std::string data_signature(std::string_view data, std::string_view secret);

}  // namespace ponte::webhooks

// From whatever went wrong to problem+json, in one place.
#pragma once

#include <exception>
#include <string_view>

#include "kernel/error.hpp"
#include "kernel/http.hpp"
#include "kernel/words.hpp"

namespace ponte::requests {

struct Reader {
    Language language = Language::pt;
    std::string_view request_id;
    std::string_view
        entity;  // whose own words for its fields' problems are preferred; may be empty
};

http::Response refusal(const Error& error, const Reader& reader);
// An Error as it is; anything else becomes 500 with the request's id, and the rest stays in the
// log.
Error error_of(std::exception_ptr failure, std::string_view request_id);

}  // namespace ponte::requests

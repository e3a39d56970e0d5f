// The one error type. Thrown where it is known, turned into problem+json in one place (http) in the
// language of the reader. The code is the contract; texts come from words.json.
#pragma once

#include <cstddef>
#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/json.hpp"

namespace ponte {

struct FieldProblem {
    std::string field;  // JSON name, e.g. "email", "customFields.plano", "filter"
    std::string code;   // e.g. "required", "format", "taken", "too_long"
    Json params = Json::object();
    std::string message;  // optional: only when no word can say it
};

// What is wrong with an input, as it is found. However many mistakes a body is made of, only the
// first are kept; `size` counts them all.
class Problems {
public:
    static constexpr std::size_t most_told = 100;

    Problems() = default;
    Problems(std::initializer_list<FieldProblem> problems) {
        for (const FieldProblem& problem : problems) {
            push_back(problem);
        }
    }
    void push_back(FieldProblem problem) {
        if (++found_ <= most_told) {
            told_.push_back(std::move(problem));
        }
    }
    std::size_t size() const { return found_; }
    bool empty() const { return found_ == 0; }
    const FieldProblem& front() const { return told_.front(); }
    auto begin() const { return told_.begin(); }
    auto end() const { return told_.end(); }
    auto begin() { return told_.begin(); }
    auto end() { return told_.end(); }

private:
    std::vector<FieldProblem> told_;
    std::size_t found_ = 0;
};

struct Error : std::exception {
    int status = 500;
    std::string code;
    Problems fields;
    Json params = Json::object();
    int retry_after_s = 0;

    Error(int status_, std::string code_) : status(status_), code(std::move(code_)) {}
    const char* what() const noexcept override { return code.c_str(); }
};

Error invalid(std::string field, std::string code, Json params = Json::object());  // 422
Error invalid(Problems fields);       // 422, all at once
Error bad_request(std::string code);  // 400
Error bad_parameter(std::string name, std::string code, Json params = Json::object());  // 400
Error not_found(std::string_view entity);                     // 404 <entity>.not_found
Error conflict(std::string code);                             // 409
Error forbidden();                                            // 403
Error unauthenticated(std::string code = "unauthenticated");  // 401
Error version_mismatch();                                     // 412
Error limit_reached(std::string what);                        // 402
Error too_many_requests(int retry_after_s);                   // 429
Error unavailable(std::string what);                          // 503

}  // namespace ponte

#include "kernel/requests/refusal.hpp"

#include <system_error>

#include "kernel/log.hpp"
#include "kernel/storage.hpp"

namespace ponte::requests {

http::Response refusal(const Error& error, const Reader& reader) {
    http::Response response;
    response.status = error.status;
    response.content_type = "application/problem+json";
    response.body = problem_json(error, reader.language, reader.request_id, reader.entity);
    response.with("Cache-Control", "no-store");
    if (error.status == 401) {
        response.with("WWW-Authenticate", "Bearer");
    }
    if (error.retry_after_s > 0) {
        response.with("Retry-After", std::to_string(error.retry_after_s));
    } else if (error.status == 503) {
        response.with("Retry-After", "1");
    }
    if (error.status == 405) {
        std::string allowed;
        for (const Json& method : error.params["allowed"].items()) {
            allowed += (allowed.empty() ? "" : ", ") + method.as_string();
        }
        response.with("Allow", allowed);
    }
    return response;
}

Error error_of(std::exception_ptr failure, std::string_view request_id) {
    try {
        std::rethrow_exception(failure);
    } catch (const Error& error) {
        return error;
    } catch (const std::system_error& problem) {
        log::error("a request failed", {{"requestId", request_id}, {"problem", problem.what()}});
        if (problem.code() == std::errc::no_space_on_device) {
            return storage_full();
        }
    } catch (const std::exception& problem) {
        log::error("a request failed", {{"requestId", request_id}, {"problem", problem.what()}});
    } catch (...) {
        log::error("a request failed", {{"requestId", request_id}, {"problem", "unknown"}});
    }
    return Error(500, "internal");
}

}  // namespace ponte::requests

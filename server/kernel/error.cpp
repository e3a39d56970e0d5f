#include "kernel/error.hpp"

namespace ponte {

Error invalid(std::string field, std::string code, Json params) {
    Problems fields;
    fields.push_back({std::move(field), std::move(code), std::move(params), {}});
    return invalid(std::move(fields));
}

Error invalid(Problems fields) {
    Error error(422, "validation");
    error.fields = std::move(fields);
    return error;
}

Error bad_request(std::string code) { return Error(400, std::move(code)); }

Error bad_parameter(std::string name, std::string code, Json params) {
    Error error(400, "bad_request");
    error.fields.push_back({std::move(name), std::move(code), std::move(params), {}});
    return error;
}

Error not_found(std::string_view entity) { return Error(404, std::string(entity) + ".not_found"); }

Error conflict(std::string code) { return Error(409, std::move(code)); }

Error forbidden() { return Error(403, "forbidden"); }

Error unauthenticated(std::string code) { return Error(401, std::move(code)); }

Error version_mismatch() { return Error(412, "version_mismatch"); }

Error limit_reached(std::string what) {
    Error error(402, "limit_reached");
    error.params.set("what", std::move(what));
    return error;
}

Error too_many_requests(int retry_after_s) {
    Error error(429, "rate_limited");
    error.retry_after_s = retry_after_s;
    error.params.set("seconds", retry_after_s);
    return error;
}

Error unavailable(std::string what) {
    Error error(503, "unavailable");
    error.params.set("what", std::move(what));
    return error;
}

}  // namespace ponte

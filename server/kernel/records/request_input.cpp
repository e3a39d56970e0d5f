// What a request says beside the fields of an entity: bodies and addresses, ids, versions.
#include <algorithm>
#include <charconv>

#include "kernel/records/input.hpp"
#include "kernel/values/field_type.hpp"

namespace ponte {

namespace {

Values read_fields(std::span<const Field> fields, const Json& body, const Ctx& ctx,
                   Problems& problems) {
    Values values;
    Locale locale;
    locale.timezone = ctx.who.timezone;
    for (const Field& field : fields) {
        const std::string name = camel_case(field.name);
        const Json* given = body.find(name);
        const auto before = problems.size();
        Json value = given ? records::checked(field, *given, locale, problems)
                           : records::initial_value(field, locale);
        if (value.is_null() && field.is_required && problems.size() == before) {
            problems.push_back({name, "required", Json::object(), {}});
        }
        if (given || !value.is_null()) {
            values.set(field.name, std::move(value));
        }
    }
    return values;
}

bool is_declared(std::span<const Field> fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const Field& f) { return camel_case(f.name) == name; });
}

// A number that is none, or below one, is told as people read it; `limit` is cut to what is given.
Json read_number(const Field& field, const std::string& text, const Locale& locale,
                 Problems& problems) {
    Problems found;
    Json value = records::checked_text(field, text, locale, found);
    if (found.empty()) {
        return value;
    }
    const FieldProblem& first = *found.begin();
    if (first.code == "too_large" && field.name == "limit") {
        return field.max;
    }
    const bool counts = field.min >= 1 && first.code != "too_large";
    problems.push_back({camel_case(field.name),
                        counts ? "positive_integer" : first.code,
                        counts ? Json::object() : first.params,
                        {}});
    return {};
}

Json read_parameter(const Field& field, const Json* text, const Locale& locale,
                    Problems& problems) {
    if (!text && field.is_required) {
        problems.push_back({camel_case(field.name), "required", Json::object(), {}});
        return {};
    }
    if (!text || text->as_string().empty()) {
        return records::initial_value(field, locale);
    }
    return field_type(field.type).schema == "integer"
               ? read_number(field, text->as_string(), locale, problems)
               : records::checked_text(field, text->as_string(), locale, problems);
}

}  // namespace

Values read_input(std::span<const Field> fields, const Json& body, const Ctx& ctx) {
    Problems problems;
    Values values = read_fields(fields, body, ctx, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return values;
}

Values read_body(std::span<const Field> fields, const http::Request& request, const Ctx& ctx) {
    const Json body = request.body.empty() ? Json::object() : body_object(request);
    Problems problems;
    for (const auto& [name, value] : body.members()) {
        if (!is_declared(fields, name)) {
            problems.push_back({name, "unknown", Json::object(), {}});
        }
    }
    Values values = read_fields(fields, body, ctx, problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return values;
}

Values read_query(std::span<const Field> fields, const http::Request& request, const Ctx& ctx) {
    Problems problems;
    Json given = Json::object();
    for (const auto& [name, value] : request.query_pairs()) {
        if (!is_declared(fields, name)) {
            problems.push_back({name, "unknown", Json::object(), {}});
        } else {
            given.set(name, value);
        }
    }
    Locale locale;
    locale.timezone = ctx.who.timezone;
    Values values;
    for (const Field& field : fields) {
        Json value = read_parameter(field, given.find(camel_case(field.name)), locale, problems);
        if (!value.is_null()) {
            values.set(field.name, std::move(value));
        }
    }
    if (!problems.empty()) {
        Error error = bad_request("bad_request");
        error.fields = std::move(problems);
        throw error;
    }
    return values;
}

Json body_object(const http::Request& request) {
    Json body = Json::parse(request.body, most_values_in_a_body);
    if (!body.is_object()) {
        throw bad_request("json_object_expected");
    }
    return body;
}

Id path_id(const http::Request& request, std::string_view entity, std::string_view name) {
    const auto id = Id::parse(request.param(name));
    if (!id) {
        throw not_found(entity);
    }
    return *id;
}

std::optional<std::int64_t> expected_version(const http::Request& request) {
    std::string_view text = request.header("if-match");
    if (text.empty() || text == "*") {
        return {};
    }
    if (text.starts_with("W/")) {
        text.remove_prefix(2);
    }
    if (text.size() > 2 && text.starts_with('"') && text.ends_with('"')) {
        text = text.substr(1, text.size() - 2);
    }
    std::int64_t version = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (failure != std::errc{} || end != text.data() + text.size()) {
        throw version_mismatch();
    }
    return version;
}

http::Response reply(int status, const Json& body) {
    http::Response response;
    response.status = status;
    body.dump_to(response.body);
    return response;
}

http::Response versioned_reply(int status, const Json& body, std::int64_t version) {
    http::Response response = reply(status, body);
    response.with("ETag", "\"" + std::to_string(version) + "\"");
    return response;
}

http::Response no_content() {
    http::Response response;
    response.status = 204;
    response.content_type.clear();
    return response;
}

}  // namespace ponte

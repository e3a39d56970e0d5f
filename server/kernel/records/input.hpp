// From a request's body to canonical values, with every problem reported at once; and the answers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/ctx.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"

namespace ponte {

// Validates a body against a list of fields; the result has snake_case names and canonical values.
// Absent optional fields are absent from it; initial values are filled in. Throws 422.
Values read_input(std::span<const Field> fields, const Json& body, const Ctx& ctx);
// The same of a request's body, in which nothing else may stand; no body is an empty object.
Values read_body(std::span<const Field> fields, const http::Request& request, const Ctx& ctx);
// The parameters of an address. Throws 400 naming each that is wrong or unknown; a `limit` above
// the most that is given is the most.
Values read_query(std::span<const Field> fields, const http::Request& request, const Ctx& ctx);
// The body of a request as a JSON object; throws 400.
Json body_object(const http::Request& request);
// The id in the path; throws 404 <entity>.not_found when it is none.
Id path_id(const http::Request& request, std::string_view entity, std::string_view name = "id");

// The version that the writer saw, from If-Match: "7", W/"7"; none for `*` or no header. Anything
// else matches no version: throws 412.
std::optional<std::int64_t> expected_version(const http::Request& request);

http::Response reply(int status, const Json& body);
// The same, with the ETag that If-Match names.
http::Response versioned_reply(int status, const Json& body, std::int64_t version);
http::Response no_content();

namespace records {

enum class Mode { create, replace, merge };  // POST, PUT, PATCH
Mode mode_of(const http::Request& change);   // of a PUT or a PATCH

// Names of an entity's input: camelCase → snake_case, read-only fields dropped, unknown ones named
// as problems, absent editable fields set to null (replace) or left out.
Values values_from_body(const Kind& kind, const TenantFacts& facts, const Json& body, Mode mode,
                        Problems& problems);

// Canonical values of one entity: types, lengths, options, required, custom fields, the entity's
// own check. `from_people` is false for integrations and undo. Of a change that says a part by its
// id alone, `before` (the record as it is) says the rest.
void canonicalise(const Kind& kind, const TenantFacts& facts, Values& values, Mode mode,
                  bool from_people, const Locale& locale, Problems& problems,
                  const Json* before = nullptr);

// One value against one field; returns the canonical value or adds a problem.
Json checked(const Field& field, const Json& input, const Locale& locale, Problems& problems);
// The same of text as people write it.
Json checked_text(const Field& field, std::string_view text, const Locale& locale,
                  Problems& problems);
// The same under another name in the problems: "items.2.unitPrice".
Json checked_as(const Field& field, const std::string& name, const Json& input,
                const Locale& locale, Problems& problems);
// What a field that nobody speaks of begins with.
Json initial_value(const Field& field, const Locale& locale);

}  // namespace records
}  // namespace ponte

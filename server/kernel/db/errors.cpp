#include "kernel/db/errors.hpp"

#include <libpq-fe.h>

#include <optional>

#include "kernel/log.hpp"
#include "kernel/storage.hpp"

namespace ponte::db {
namespace {

std::string_view field_of(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text ? std::string_view(text) : std::string_view();
}

std::string camel_case(std::string_view name) {
    std::string out;
    bool is_next_upper = false;
    for (const char c : name) {
        if (c == '_') {
            is_next_upper = !out.empty();
        } else {
            const bool is_letter = c >= 'a' && c <= 'z';
            out += is_next_upper && is_letter ? static_cast<char>(c - 'a' + 'A') : c;
            is_next_upper = false;
        }
    }
    return out;
}

// `leads__email__taken` says which field and what is wrong with it.
std::optional<Error> named_problem(std::string_view constraint) {
    const auto first = constraint.find("__");
    const auto last = constraint.rfind("__");
    if (first == constraint.npos || first == last) {
        return {};
    }
    const std::string_view field = constraint.substr(first + 2, last - first - 2);
    return invalid(camel_case(field), std::string(constraint.substr(last + 2)));
}

std::optional<Error> constraint_problem(const PGresult* result, std::string_view state) {
    const std::string_view message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    // The same constraint speaks when a child names no parent and when a parent still has children.
    if (state == "23503" && message.starts_with("update or delete on table")) {
        Error error = conflict("in_use");
        error.params.set("table", field_of(result, PG_DIAG_TABLE_NAME));
        return error;
    }
    if (auto named = named_problem(field_of(result, PG_DIAG_CONSTRAINT_NAME))) {
        return named;
    }
    if (state == "23502") {
        return invalid(camel_case(field_of(result, PG_DIAG_COLUMN_NAME)), "required");
    }
    return {};
}

bool is_away(std::string_view state) {
    return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" ||
           state == "57P05" || state == "53300" || state == "25006" || state == "25P03";
}

// Our own functions raise SQLSTATE PT409 with the code as message.
std::optional<Error> raised_by_us(std::string_view state, std::string_view message) {
    if (!state.starts_with("PT") || state.size() != 5) {
        return {};
    }
    int status = 0;
    for (const char c : state.substr(2)) {
        status = status * 10 + (c - '0');
    }
    if (status < 400 || status > 599) {
        return {};
    }
    return Error(status, std::string(message));
}

std::optional<Error> known_error(const PGresult* result, std::string_view state,
                                 std::string_view message) {
    if (state.empty() || is_away(state)) {  // without a state libpq itself speaks: the line is cut
        return no_database();
    }
    if (auto error = raised_by_us(state, message)) {
        return error;
    }
    if (state == "40001" || state == "40P01") {
        return conflict("database.retry");
    }
    // Text that is no UTF-8, or that escapes a character which the database has no place for.
    if (state == "22021" || state == "22P05") {
        return bad_request("bad_request");
    }
    if (state == "53100") {
        return storage_full();
    }
    if (state == "57014") {
        return Error(503, "database.timeout");
    }
    if (state == "23505" || state == "23503" || state == "23514" || state == "23502" ||
        state == "23P01") {
        return constraint_problem(result, state);
    }
    return {};
}

}  // namespace

Error too_many_waiting() {
    constexpr int retry_after_s = 2;
    Error error(429, "too_many_waiting");
    error.retry_after_s = retry_after_s;
    return error;
}

Error no_database() { return Error(503, "database"); }

Refusal refusal_in(const PGresult* result) {
    const std::string_view state = field_of(result, PG_DIAG_SQLSTATE);
    const std::string_view message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    // "cached plan must not change result type", told apart from other 0A000 by its origin since
    // the text may be translated; 26000 is a statement that somebody deallocated.
    if (state == "26000" || (state == "0A000" && field_of(result, PG_DIAG_SOURCE_FUNCTION) ==
                                                     "RevalidateCachedQuery")) {
        return {conflict("database.retry"), true};
    }
    if (auto known = known_error(result, state, message)) {
        return {std::move(*known)};
    }
    log::error("the database refused a statement",
               {{"sqlstate", state},
                {"problem", message},
                {"constraint", field_of(result, PG_DIAG_CONSTRAINT_NAME)},
                {"context", field_of(result, PG_DIAG_CONTEXT)}});
    return {Error(500, "database.error")};
}

}  // namespace ponte::db

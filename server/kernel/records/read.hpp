// One record as its reader may see it.
#pragma once

#include <string>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http.hpp"

namespace ponte::records {

struct ReadOne {
    Id id;
    bool expands = false;          // tags as objects
    bool is_bin_included = false;  // deleted records, too
    bool asks_for_news = false;    // one more column: whether a title may have changed since
};

// The one statement that reads it: nothing comes back when it is not there or out of reach.
db::Statement read_statement(const Ctx& ctx, const Kind& kind, const ReadOne& one);

std::string etag_of(std::string_view version);  // "7", with its quotes

// The record with its ETag; `rows` are of a shown_statement.
http::Response record_reply(const Kind& kind, const db::Rows& rows, int status);

// GET /{id}
Task<http::Response> get_record(Ctx& ctx, const http::Request& request);
// GET /{id}/history
Task<http::Response> get_history(Ctx& ctx, const http::Request& request);

}  // namespace ponte::records

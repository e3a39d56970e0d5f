#include "kernel/requests/idempotency.hpp"

#include <algorithm>

#include "kernel/app.hpp"

namespace ponte::requests {
namespace {

constexpr std::size_t longest_key = 200;
constexpr std::string_view header_name = "Idempotency-Key";

struct AnswerRow {
    std::string request_hash, body;
    int status = 200;
    Json headers;
};
FIELDS(AnswerRow, request_hash, body, status, headers);

std::string hash_of(const http::Request& request) {
    std::string text = request.method + " " + request.path + "?" + request.query + "\n";
    text += request.body;
    for (const auto& [name, value] : request.form) {
        text.append("\n").append(name).append("=").append(value);
    }
    for (const http::UploadedFile& file : request.files) {
        text.append("\n").append(file.field).append(":").append(file.file_name);
        text.append(":").append(std::to_string(file.size));
    }
    return auth::digest(text);
}

http::Response response_of(const AnswerRow& row) {
    http::Response response;
    response.status = row.status;
    response.body = row.body;
    for (const auto& [name, value] : row.headers.members()) {
        response.with(name, value.as_string());
    }
    response.with("Idempotency-Replayed", "true");
    return response;
}

}  // namespace

std::optional<IdempotencyKey> idempotency_key(const http::Request& request) {
    const std::string_view given = request.header("idempotency-key");
    if (given.empty()) {
        return {};
    }
    const bool is_plain =
        std::all_of(given.begin(), given.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!is_plain || given.size() > longest_key) {
        throw bad_parameter(std::string(header_name), is_plain ? "too_long" : "format",
                            Json::object({{"limit", static_cast<std::int64_t>(longest_key)}}));
    }
    return IdempotencyKey{std::string(given), hash_of(request)};
}

Task<std::optional<http::Response>> earlier_answer(Ctx& ctx, const IdempotencyKey& key) {
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    db::Params params{ctx.who.user, key.key};
    const db::Rows rows = co_await ctx.app.database().query(
        ctx.loop, scope,
        "select request_hash, status, headers, body from idempotency_keys "
        "where tenant_id = current_tenant() and user_id = $1 and key = $2",
        std::move(params));
    std::optional<http::Response> response;
    if (!rows.empty()) {
        const auto row = db::read_row<AnswerRow>(rows, 0);
        if (row.request_hash != key.request_hash) {
            throw conflict("idempotency_key_reused");
        }
        response = response_of(row);
    }
    co_return response;
}

void queue_answer(Ctx& ctx, const IdempotencyKey& key, const http::Response& response) {
    Json headers = Json::object();
    for (const auto& [name, value] : response.headers) {
        headers.set(name, value);
    }
    ctx.tx.queue(
        "insert into idempotency_keys (user_id, key, request_hash, status, headers, body) "
        "values ($1, $2, $3, $4, $5::jsonb, $6)",
        {ctx.who.user, key.key, key.request_hash, response.status, db::Param(headers),
         response.body});
}

bool was_slower(const Error& error) {
    return error.status == 422 && error.fields.size() == 1 &&
           error.fields.front().field == "idempotencyKey" && error.fields.front().code == "taken";
}

}  // namespace ponte::requests

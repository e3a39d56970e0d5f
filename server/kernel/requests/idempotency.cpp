#include "kernel/requests/idempotency.hpp"

#include <sodium.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "kernel/services.hpp"

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

Json in_order(const Json& value) {
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& one : value.items()) {
            list.push(in_order(one));
        }
        return list;
    }
    if (!value.is_object()) {
        return value;
    }
    std::map<std::string, Json> members;
    for (const auto& [name, member] : value.members()) {
        members[name] = in_order(member);
    }
    Json object = Json::object();
    for (auto& [name, member] : members) {
        object.set(name, std::move(member));
    }
    return object;
}

std::string body_of(const http::Request& request) {
    try {
        return in_order(Json::parse(request.body, most_values_in_a_body)).dump();
    } catch (const Error&) {
        return request.body;  // no JSON: it will be refused, the same way each time
    }
}

// Bodies hold passwords and people's data, so what is kept of them says nothing without our key.
class RequestDigest {
public:
    explicit RequestDigest(std::string_view key) {
        crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES);
        add(key);
    }
    void add(std::string_view text) {
        const std::string length = std::to_string(text.size()) + ":";
        put(length);
        put(text);
    }
    void add_file(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        std::string block(1 << 16, '\0');
        while (file.read(block.data(), static_cast<std::streamsize>(block.size())) ||
               file.gcount() > 0) {
            put(std::string_view(block).substr(0, static_cast<std::size_t>(file.gcount())));
        }
    }
    std::string hex() {
        unsigned char bytes[crypto_generichash_BYTES];
        crypto_generichash_final(&state_, bytes, sizeof bytes);
        std::string text(2 * sizeof bytes + 1, '\0');
        sodium_bin2hex(text.data(), text.size(), bytes, sizeof bytes);
        text.pop_back();
        return text;
    }

private:
    void put(std::string_view bytes) {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                  bytes.size());
    }
    crypto_generichash_state state_;
};

std::string hash_of(const http::Request& request, const std::string& key) {
    RequestDigest digest(key);
    for (const std::string& part :
         {request.method, request.path, request.query, body_of(request)}) {
        digest.add(part);
    }
    for (const auto& [name, value] : request.form) {
        digest.add(name);
        digest.add(value);
    }
    for (const http::UploadedFile& file : request.files) {
        digest.add(file.field);
        digest.add(file.file_name);
        digest.add(std::to_string(file.size));
        digest.add_file(file.path);
    }
    return digest.hex();
}

// What a key was answered, its maker was not: they may see more, or less.
Id asker_of(const Ctx& ctx) { return ctx.who.key_id().value_or(ctx.who.user); }

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

Task<std::optional<IdempotencyKey>> idempotency_key(Ctx& ctx, const http::Request& request) {
    const std::string_view given = request.header("idempotency-key");
    if (given.empty()) {
        co_return std::nullopt;
    }
    const bool is_plain =
        std::all_of(given.begin(), given.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!is_plain || given.size() > longest_key) {
        throw bad_parameter(std::string(header_name), is_plain ? "too_long" : "format",
                            Json::object({{"limit", static_cast<std::int64_t>(longest_key)}}));
    }
    const std::string& secret = ctx.services.keys.seal_key;
    auto work = [&request, &secret] { return hash_of(request, secret); };
    IdempotencyKey key{std::string(given), {}};
    key.request_hash = co_await offload(ctx.loop, std::move(work));
    co_return key;
}

Task<std::optional<http::Response>> earlier_answer(Ctx& ctx, const IdempotencyKey& key) {
    const db::Scope scope{db::Role::app, ctx.who.tenant};
    db::Params params{asker_of(ctx), key.key};
    const db::Rows rows = co_await ctx.services.database().query(
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
        {asker_of(ctx), key.key, key.request_hash, response.status, db::Param(headers),
         response.body});
}

bool was_slower(const Error& error) {
    return error.status == 422 && error.fields.size() == 1 &&
           error.fields.front().field == "idempotencyKey" && error.fields.front().code == "taken";
}

bool says_no_store(const http::Response& response) {
    const std::pair<std::string, std::string> rule{"Cache-Control", "no-store"};
    return std::find(response.headers.begin(), response.headers.end(), rule) !=
           response.headers.end();
}

}  // namespace ponte::requests

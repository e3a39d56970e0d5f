#include "kernel/files/content.hpp"

#include <chrono>

#include "kernel/auth.hpp"
#include "kernel/files/file.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/files/sniff.hpp"
#include "kernel/files/store.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::files {
namespace {

// Sealed values are of many kinds; this one opens a file and nothing else.
constexpr std::string_view link_mark = "file-link\n";

// A file never runs in our origin: it is a page of its own, without scripts, without our storage,
// and what could run is a download. A browser's own viewer of PDFs does not start in a sandbox; it
// runs nothing with our rights.
constexpr const char* closed = "default-src 'none'; sandbox; frame-ancestors 'self'";
constexpr const char* closed_for_pdf =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

std::string written_type(const std::string& type) {
    return type.starts_with("text/") ? type + "; charset=utf-8" : type;
}

void describe(http::Response& response, const File& file, bool as_download) {
    const bool is_shown = may_be_shown(file.type) && !as_download;
    const bool is_pdf = file.type == "application/pdf";
    response.content_type = written_type(file.type);
    response
        .with("Content-Disposition",
              content_disposition(is_shown ? Shown::in_place : Shown::as_download, file.name))
        .with("Content-Security-Policy", is_shown && is_pdf ? closed_for_pdf : closed)
        .with("X-Frame-Options", "SAMEORIGIN")
        .with("Cache-Control", "private, no-cache")
        .with("ETag", "\"" + file.sha256.substr(0, 32) + "\"");
}

std::int64_t seconds(Time at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

bool is_asked_for(const Values& asked, std::string_view name) {
    const Json* value = asked.find(name);
    return value && value->as_bool();
}

// What a link says, if it is ours and still good.
std::optional<Json> opened(Ctx& ctx, std::string_view token) {
    const auto text = auth::unseal(token, ctx.services.keys.seal_key);
    if (!text || !text->starts_with(link_mark)) {
        return {};
    }
    Json link = Json::parse(text->substr(link_mark.size()));
    return link["until"].as_integer() > seconds(ctx.now) ? std::optional(std::move(link))
                                                         : std::nullopt;
}

}  // namespace

Task<http::Response> give(Ctx& ctx, const File& file, const http::Request& request,
                          bool as_download, Lending lending) {
    http::Response response;
    describe(response, file, as_download);
    if (http::knows_etag(request, response.headers.back().second)) {
        response.status = 304;
        co_return response;
    }
    const Key key{ctx.who.tenant, file.id};
    Store& store = ctx.services.files();
    if (store.is_shared()) {
        co_await ctx.tx.commit();  // no connection waits while bytes come from afar
    }
    co_await store.answer(ctx.loop, key, response, lending);
    co_return response;
}

Task<http::Response> show_file(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "file");
    const File file = co_await readable(ctx, id);
    co_return reply(200, shown(file));
}

Task<http::Response> show_content(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "file");
    const File file = co_await readable(ctx, id);
    const bool as_download = is_asked_for(ctx.asked, "download");
    http::Response response = co_await give(ctx, file, request, as_download);
    co_return response;
}

Task<http::Response> make_link(Ctx& ctx, const http::Request& request) {
    const Id id = path_id(request, "file");
    const File file = co_await readable(ctx, id);
    const auto lasts = ctx.asked.integer("expires").value_or(longest_link_s);
    const Time until = ctx.now + std::chrono::seconds{lasts};
    const Json link = Json::object({{"company", ctx.who.tenant},
                                    {"file", file.id},
                                    {"until", seconds(until)},
                                    {"download", is_asked_for(ctx.asked, "download")}});
    const std::string token =
        auth::seal(std::string(link_mark) + link.dump(), ctx.services.keys.seal_key);
    http::Response response = reply(200, Json::object({{"url", "/api/v1/file-links/" + token},
                                                       {"expiresAt", format_time(until)}}));
    co_return response;
}

Task<http::Response> follow_link(Ctx& ctx, const http::Request& request) {
    const auto link = opened(ctx, request.param("token"));
    const auto company = link ? Id::parse((*link)["company"].as_string()) : std::nullopt;
    const auto id = link ? Id::parse((*link)["file"].as_string()) : std::nullopt;
    if (!company || !id) {
        throw not_found("file_link");
    }
    ctx.enter(*company);
    const auto file = co_await ctx.tx.maybe<File>(file_sql, *company, *id);
    if (!file) {
        throw not_found("file_link");
    }
    const Lending left{(*link)["until"].as_integer() - seconds(ctx.now)};
    const bool as_download = (*link)["download"].as_bool();
    http::Response response = co_await give(ctx, *file, request, as_download, left);
    co_return response;
}

}  // namespace ponte::files

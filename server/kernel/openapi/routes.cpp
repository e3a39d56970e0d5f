// Where the contract and its documentation are found.
#include <algorithm>

#include "kernel/embedded.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/openapi/site.hpp"
#include "kernel/services.hpp"

namespace ponte::openapi {
namespace {

constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Asked for again each time, and answered with 304 while nothing has changed.
http::Response answer(const http::Request& request, std::string_view type, std::string_view etag) {
    http::Response response;
    response.content_type = type;
    response.with("ETag", std::string(etag)).with("Cache-Control", "no-cache");
    if (http::knows_etag(request, etag)) {
        response.status = 304;
    }
    return response;
}

http::Response answer_published(const http::Request& request, std::string_view type,
                                const Published& published) {
    http::Response response = answer(request, type, published.etag);
    if (response.status == 200) {
        response.shared_body = published.body;
    }
    return response;
}

std::string_view type_of(std::string_view path) {
    if (path.ends_with(".js")) {
        return "text/javascript; charset=utf-8";
    }
    return path.ends_with(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
}

const EmbeddedFile* asset(std::string_view name) {
    const auto files = embedded_files();
    const auto found = std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) {
        return file.path.starts_with("apidocs/") && file.path.substr(8) == name &&
               !name.ends_with(".html");
    });
    return found == files.end() ? nullptr : &*found;
}

Language language_of(const http::Request& request) {
    const auto wanted = request.query_value("lang");
    return parse_language(wanted ? std::string_view(*wanted) : request.header("accept-language"));
}

Task<http::Response> show_contract(Ctx& ctx, const http::Request& request) {
    const Published& contract = ctx.services.documentation().contract();
    http::Response response = answer_published(request, "application/json", contract);
    // Editors and generators of other sites read it.
    response.with("Access-Control-Allow-Origin", "*");
    co_return response;
}

}  // namespace

http::Response api_docs_page(const Services& services, const http::Request& request) {
    std::string_view name = request.path;
    name.remove_prefix(std::min(name.size(), std::string_view("/apidocs").size()));
    if (name.empty()) {
        http::Response response;
        response.status = 301;
        return response.with("Location", "/apidocs/");
    }
    name.remove_prefix(1);
    if (name.empty()) {
        const Published& guide = services.documentation().guide(language_of(request));
        http::Response response = answer_published(request, "text/html; charset=utf-8", guide);
        return response.with("Content-Security-Policy", page_policy)
            .with("Vary", "Accept-Language");
    }
    if (name == "openapi.json") {
        return answer_published(request, "application/json", services.documentation().contract());
    }
    const EmbeddedFile* file = asset(name);
    if (!file) {
        http::Response response;
        response.status = 404;
        response.body =
            problem_json(Error(404, "not_found"), language_of(request), request.request_id);
        response.content_type = "application/problem+json";
        return response;
    }
    http::Response response = answer(request, type_of(name), file->etag);
    if (response.status == 200) {
        response.body = file->bytes;
    }
    return response;
}

void declare_documentation_routes(App& app) {
    app.route("GET", "/openapi.json", show_contract)
        .open()
        .in("meta")
        .called("getOpenapi")
        .gives(200, "object");
}

}  // namespace ponte::openapi

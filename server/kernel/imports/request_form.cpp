#include "kernel/imports/request_form.hpp"

#include "kernel/entities/catalogue.hpp"
#include "kernel/imports/access.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::imports {

using records::Kind;

Form::Form(const http::Request& request) : request_(request) {
    if (request.form.empty() && request.files.empty() && !request.body.empty()) {
        body_ = body_object(request);
    }
}

std::string Form::text(std::string_view name) const {
    for (const auto& [key, value] : request_.form) {
        if (key == name) {
            return value;
        }
    }
    const Json& value = body_[name];
    if (value.is_integer()) {
        return std::to_string(value.as_integer());
    }
    return value.is_bool() ? (value.as_bool() ? "true" : "false") : value.as_string();
}

Json Form::json(std::string_view name) const {
    const std::string sent = text(name);
    return sent.empty() ? body_[name] : Json::parse(sent, most_values_in_a_body);
}

namespace {

// A number of a line or a sheet, as forms say it.
std::optional<std::int64_t> number_of(const Form& form, const char* name, Problems& problems) {
    const std::string said = form.text(name);
    const Canonical number = canonical_from_text(Type::integer, said, Locale{});
    if (number.ok() && number.value.is_integer() && number.value.as_integer() >= 0) {
        return number.value.as_integer();
    }
    if (!said.empty()) {
        problems.push_back({name, "format", Json::object(), {}});
    }
    return {};
}

// Separator, encoding, header line and sheet, where somebody says them.
Reading reading_of(const Form& form) {
    Reading reading;
    Problems problems;
    const auto refuse = [&](const char* field, Json allowed) {
        const Json params = Json::object({{"allowed", std::move(allowed)}});
        problems.push_back({field, "not_an_option", params, {}});
    };
    const std::string separator = form.text("separator") == "tab" ? "\t" : form.text("separator");
    if (separator.size() == 1 && separators.find(separator) != separators.npos) {
        reading.separator = separator.front();
    } else if (!separator.empty()) {
        refuse("separator", Json::array({";", ",", "tab", "|"}));
    }
    const std::string encoding = form.text("encoding");
    reading.encoding = parse_encoding(encoding);
    if (!reading.encoding && !encoding.empty()) {
        refuse("encoding", Json::array({"utf-8", "windows-1252", "utf-16le", "utf-16be"}));
    }
    reading.header_line = number_of(form, "headerLine", problems);
    reading.sheet = number_of(form, "sheet", problems);
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    return reading;
}

}  // namespace

const Kind& kind_of(Ctx& ctx, const Form& form) {
    const std::string entity = form.text("entity");
    if (entity.empty()) {
        throw invalid("entity", "required");
    }
    const Kind* kind = ctx.services.entities().find(entity);
    if (!kind) {
        kind = ctx.services.entities().by_route(entity);
    }
    if (!kind || !kind->entity->can_be_imported) {
        throw invalid("entity", "not_importable");
    }
    require_import(ctx, *kind);
    ctx.require(kind->resource + ".create");
    return ctx.services.entities().seen(*kind, ctx.who);
}

Task<Upload> upload_of(Ctx& ctx, const http::Request& request, const Form& form, const Kind& kind,
                       const records::TenantFacts& facts) {
    const Reading reading = reading_of(form);
    const std::string named = form.text("uploadId");
    if (named.empty()) {
        Upload upload = co_await take_upload(ctx, request, kind, facts, reading);
        co_return upload;
    }
    const auto id = Id::parse(named);
    if (!id) {
        throw invalid("uploadId", "format");
    }
    // Somebody else's file is nobody's business, whatever one may do with records.
    Upload upload = co_await get_upload(ctx, *id, ctx.who.user);
    if (!reading.is_empty()) {
        upload = co_await read_again(ctx, upload, kind, facts, reading);
    }
    co_return upload;
}

}  // namespace ponte::imports

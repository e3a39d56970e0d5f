#include "kernel/files/upload.hpp"

#include "kernel/files/incoming.hpp"
#include "kernel/files/keeping.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/records/input.hpp"
#include "kernel/services.hpp"

namespace ponte::files {

Task<http::Response> upload(Ctx& ctx, const http::Request& request) {
    require_body(ctx, request);
    const http::UploadedFile& sent = file_of(request);
    const std::uint64_t most = ctx.services.settings.file_bytes;
    if (sent.size > most) {
        throw invalid("file", "file_too_large", Json::object({{"limit", most >> 20}}));
    }
    Fresh fresh{sent.path, safe_name(sent.file_name), {}, ctx.who.user};
    const File file = co_await keep(ctx, std::move(fresh));
    co_await ctx.tx.commit();
    http::Response response = reply(201, shown(file));
    response.with("Location", "/api/v1/files/" + file.id.text());
    co_return response;
}

}  // namespace ponte::files

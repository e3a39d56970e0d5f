#include "kernel/imports/upload.hpp"

#include <algorithm>
#include <filesystem>

#include "kernel/files/incoming.hpp"
#include "kernel/files/safe_name.hpp"
#include "kernel/imports/csv_dialect.hpp"
#include "kernel/imports/shared_upload.hpp"
#include "kernel/services.hpp"
#include "kernel/spreadsheets/workbook.hpp"
#include "kernel/storage.hpp"

namespace ponte::imports {
namespace {

namespace fs = std::filesystem;

// Longer than an undo may be asked for, since people look at what they imported.
constexpr auto kept_for = std::chrono::hours{24 * 45};
// What nobody has imported by then was only looked at. The same for what is beside an import: the
// list of its refused rows, and the bytes as they were sent.
constexpr auto looked_at_for = std::chrono::hours{48};

// The date of a file says when it goes: one that is only looked at is dated back.
void let_go_after(const std::string& path, std::chrono::hours stays) {
    std::error_code error;
    fs::last_write_time(path, fs::file_time_type::clock::now() - (kept_for - stays), error);
}

}  // namespace

void let_go_soon(const std::string& path) { let_go_after(path, looked_at_for); }

namespace {

// The request removes its own file afterwards; a rename keeps the bytes without copying them.
void keep_file(const std::string& from, const std::string& to) {
    fs::create_directories(fs::path(to).parent_path());
    std::error_code error;
    fs::rename(from, to, error);
    if (error) {
        fs::copy_file(from, to);  // another file system
    }
}

std::vector<std::string> trimmed_headers(std::vector<std::string> first, bool has_header) {
    for (std::string& header : first) {
        if (!has_header || !is_valid_utf8(header)) {
            header.clear();
        }
        const Canonical text = canonical_from_text(Type::text, header, Locale{});
        header = shown_text(text.value.as_string());
    }
    return first;
}

Task<> write_upload(Ctx& ctx, Upload& upload) {
    co_await share(ctx, upload);
    if (upload.file_id) {  // copying it into the store has dated it anew
        const std::string path = upload_path(ctx, upload.id);
        let_go_soon(path);
        let_go_soon(sent_path(path));
    }
    ctx.tx.queue(
        "insert into uploads (id, file_name, size, encoding, separator, has_header, header_line, "
        "start_byte, start_line, headers, sheets, sheet, created_by, file_id, sent_file_id) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11::text[], $12, $13, "
        "$14::uuid, $15::uuid)",
        {upload.id, upload.file_name, upload.size, upload.encoding, upload.separator,
         upload.has_header, upload.header_line, upload.start_byte, upload.start_line,
         upload.headers, upload.sheets, upload.sheet, ctx.who.user, upload.file_id,
         upload.sent_file_id});
}

}  // namespace

namespace {

// How the file is read, as found or as told; throws 422 for a header line that is not there.
Upload described(Upload upload, const Inspection& found, const Header& header) {
    if (!found.workbook.trouble.empty()) {
        const bool is_sheet = found.workbook.trouble == "no_sheet";
        throw invalid(is_sheet ? "sheet" : "file", std::string(found.workbook.trouble));
    }
    if (found.head.empty()) {
        throw invalid("file", "empty");
    }
    if (!header.is_known) {
        throw invalid("headerLine", "not_found");
    }
    const HeadRecord& first = found.head[header.at.value_or(0)];
    const CsvPosition start = header.at ? first.end : first.begin;
    upload.has_header = header.at.has_value();
    upload.header_line = header.at ? first.line : 0;
    upload.start_byte = static_cast<std::int64_t>(start.offset);
    upload.start_line = static_cast<std::int64_t>(start.line);
    upload.encoding = encoding_name(found.encoding);
    upload.separator = std::string(1, found.layout.separator);
    upload.sheets = found.workbook.sheets;
    if (!upload.sheets.empty()) {
        upload.sheet = static_cast<int>(found.workbook.sheet);
    }
    upload.headers = trimmed_headers(first.cells, upload.has_header);
    return upload;
}

// The CSV at `path`, made of the workbook beside it; however it is read, it was written by us.
Inspection unpack_and_inspect(const std::string& path, Reading reading) {
    Workbook workbook = unpack_workbook(path, reading.sheet);
    Inspection found;
    if (workbook.trouble.empty()) {
        reading.encoding = Encoding::utf8;
        reading.separator = ',';
        found = inspect(path, reading);
    }
    found.workbook = std::move(workbook);
    if (!found.workbook.trouble.empty()) {
        std::error_code error;  // what is refused takes nobody's room
        fs::remove(path, error);
        fs::remove(sent_path(path), error);
    }
    return found;
}

// Another name for a file that was looked at before. It was rewritten when it came, unless it was
// UTF-8; said to be something else, it is taken as it was sent.
Inspection link_and_inspect(const std::string& from, const std::string& path, Reading reading,
                            bool is_other_encoding) {
    const bool was_rewritten = fs::exists(sent_path(from));
    if (was_rewritten && spreadsheets::may_be_workbook(sent_path(from))) {
        fs::create_hard_link(sent_path(from), sent_path(path));
        return unpack_and_inspect(path, reading);
    }
    if (is_other_encoding) {
        fs::create_hard_link(was_rewritten ? sent_path(from) : from, path);
        Inspection found = inspect(path, reading);
        if (fs::hard_link_count(path) == 1) {
            let_go_after(path, looked_at_for);
        }
        return found;
    }
    fs::create_hard_link(from, path);
    if (was_rewritten) {
        fs::create_hard_link(sent_path(from), sent_path(path));
    }
    reading.encoding = Encoding::utf8;
    return inspect(path, reading);
}

}  // namespace

Task<Upload> take_upload(Ctx& ctx, const http::Request& request, const records::Kind& kind,
                         const records::TenantFacts& facts, const Reading& reading) {
    const http::UploadedFile& file = files::file_of(request);
    const bool is_workbook = spreadsheets::may_be_workbook(file.path);
    if (!is_workbook && is_binary(file.path)) {
        throw invalid("file", "not_csv");
    }
    Upload upload;
    upload.id = Id::make();
    upload.file_name = files::safe_name(file.file_name, "import.csv");
    upload.size = static_cast<std::int64_t>(file.size);
    co_await ctx.tx.commit();  // no connection is kept waiting while a large file is read
    const std::string from = file.path, path = upload_path(ctx, upload.id);
    storage_of(ctx.services.settings.data_dir).require_room_for(ctx.who.tenant, 0);
    auto work = [from, path, reading, is_workbook] {
        const std::string sent = is_workbook ? sent_path(path) : path;
        keep_file(from, sent);
        let_go_after(sent, looked_at_for);
        Inspection found = is_workbook ? unpack_and_inspect(path, reading) : inspect(path, reading);
        let_go_after(path, looked_at_for);  // it may have been rewritten, or be refused
        return found;
    };
    const auth::Turnstile::Place place = co_await inspections().enter(ctx.loop);
    const Inspection found = co_await offload(ctx.loop, std::move(work));
    const Header header = header_in(kind, targets_of(kind, facts), found.head, reading);
    upload = described(std::move(upload), found, header);
    co_await write_upload(ctx, upload);
    co_return upload;
}

Task<Upload> read_again(Ctx& ctx, const Upload& known, const records::Kind& kind,
                        const records::TenantFacts& facts, Reading reading) {
    Upload upload = known;
    if (known.sheet) {
        reading.sheet = reading.sheet.value_or(*known.sheet);
    }
    upload.id = Id::make();
    co_await ctx.tx.commit();
    const std::string from = co_await bring_here(ctx, known);
    const bool has_sent = co_await bring_sent_here(ctx, known);
    if (from.empty() || (known.sheet && !has_sent)) {
        throw not_found("upload");
    }
    const std::string path = upload_path(ctx, upload.id);
    const bool is_other = reading.encoding && encoding_name(*reading.encoding) != known.encoding;
    auto work = [from, path, reading, is_other] {
        return link_and_inspect(from, path, reading, is_other);
    };
    const auth::Turnstile::Place place = co_await inspections().enter(ctx.loop);
    const Inspection found = co_await offload(ctx.loop, std::move(work));
    const Header header = header_in(kind, targets_of(kind, facts), found.head, reading);
    upload = described(std::move(upload), found, header);
    if (!is_other) {
        upload.encoding = known.encoding;
    }
    co_await write_upload(ctx, upload);
    co_return upload;
}

void keep_for_import(Ctx& ctx, const Upload& upload) {
    let_go_after(upload_path(ctx, upload.id), kept_for);
    share_for_import(ctx, upload);
}

Task<Look> look_at(Ctx& ctx, const Upload& upload) {
    const std::string path = co_await bring_here(ctx, upload);
    if (path.empty()) {
        throw not_found("upload");
    }
    const char separator = upload.separator.empty() ? ',' : upload.separator.front();
    const CsvPosition start{static_cast<std::uint64_t>(upload.start_byte),
                            static_cast<std::uint64_t>(upload.start_line)};
    auto work = [path, separator, start] { return look(path, separator, start); };
    const auth::Turnstile::Place place = co_await inspections().enter(ctx.loop);
    Look found = co_await offload(ctx.loop, std::move(work));
    co_return found;
}

namespace {

void remove_older(const std::string& folder, std::chrono::hours age) {
    std::error_code error;
    const auto now = fs::file_time_type::clock::now();
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        const auto kind = entry.path().extension();
        const bool is_made_anew = kind == ".errors" || kind == ".sent";
        const auto oldest = now - (is_made_anew ? std::min(age, looked_at_for) : age);
        if (entry.is_regular_file(error) && entry.last_write_time(error) < oldest) {
            fs::remove(entry.path(), error);
        }
    }
}

}  // namespace

Task<> clean_uploads(Ctx& ctx, const CleanUploads&) {
    const std::string data = ctx.services.settings.data_dir;
    auto work = [data] {
        remove_older(data + "/uploads", kept_for);
        // What the end of a program left of a request; no request takes so long.
        remove_older(data + "/incoming", std::chrono::hours{24});
    };
    co_await offload(ctx.loop, std::move(work));
    co_await unshare_old(ctx, looked_at_for, kept_for);
}

}  // namespace ponte::imports

#include "kernel/imports/upload.hpp"

#include <algorithm>
#include <filesystem>

#include "kernel/app.hpp"
#include "kernel/imports/csv_dialect.hpp"

namespace ponte::imports {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sample_records = 20, longest_sample = 200;
constexpr std::size_t longest_file_name = 255;
// Longer than an undo may be asked for, since people look at what they imported.
constexpr auto kept_for = std::chrono::hours{24 * 45};

const http::UploadedFile& file_of(const http::Request& request) {
    const auto found =
        std::find_if(request.files.begin(), request.files.end(),
                     [](const http::UploadedFile& file) { return file.field == "file"; });
    if (found == request.files.end()) {
        throw invalid("file", "required");
    }
    if (found->size == 0) {
        throw invalid("file", "empty");
    }
    return *found;
}

// The request removes its own file afterwards; a rename keeps the bytes without copying them.
void keep_file(const std::string& from, const std::string& to) {
    fs::create_directories(fs::path(to).parent_path());
    std::error_code error;
    fs::rename(from, to, error);
    if (error) {
        fs::copy_file(from, to);  // another file system
    }
}

// As sent, without a path and within its bounds; shown, never opened.
std::string shown_name(const std::string& sent) {
    std::string name = sent.substr(sent.find_last_of("/\\") + 1);
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (name.size() > longest_file_name || !is_valid_utf8(name) || name.empty()) {
        name = "import.csv";
    }
    return name;
}

Look look(const std::string& path, char separator, CsvPosition start) {
    CsvReader reader(path, separator);
    reader.seek(start);
    CsvRecord record;
    Look out;
    while (out.samples.size() < sample_records && reader.next(record)) {
        if (record.is_blank()) {
            continue;
        }
        Cells cells = record.cells();
        for (std::string& cell : cells) {
            const bool is_fine = is_valid_utf8(cell) && cell.size() <= longest_sample;
            cell = is_fine ? cell : cell.substr(0, cell.find_first_of("\x80"));
            cell.resize(std::min(cell.size(), longest_sample));
            std::erase(cell, '\0');
        }
        out.samples.push_back(std::move(cells));
    }
    const std::uint64_t read = reader.position().offset - start.offset;
    if (!out.samples.empty() && read > 0) {
        const double each = static_cast<double>(read) / static_cast<double>(out.samples.size());
        out.rows_estimate = static_cast<std::int64_t>(
            static_cast<double>(reader.file_bytes() - start.offset) / each + 0.5);
    }
    return out;
}

struct Inspection {
    Encoding encoding = Encoding::utf8;
    Layout layout;
    CsvPosition after_first;
    std::vector<std::string> first;
};

Inspection inspect(const std::string& path) {
    Inspection out;
    out.encoding = detect_encoding(path);
    convert_to_utf8(path, out.encoding);
    out.layout = detect_layout(path);
    CsvReader reader(path, out.layout.separator);
    reader.seek(out.layout.start);
    CsvRecord record;
    while (reader.next(record) && record.is_blank()) {
    }
    out.first = record.cells();
    out.after_first = reader.position();
    return out;
}

std::vector<std::string> trimmed_headers(std::vector<std::string> first, bool has_header) {
    for (std::string& header : first) {
        if (!has_header || !is_valid_utf8(header)) {
            header.clear();
        }
        const Canonical text = canonical_from_text(Type::text, header, Locale{});
        header = text.value.as_string().substr(0, longest_sample);
        header = is_valid_utf8(header) ? header : std::string{};
    }
    return first;
}

Task<> write_upload(Ctx& ctx, const Upload& upload) {
    ctx.tx.queue(
        "insert into uploads (id, file_name, size, encoding, separator, has_header, start_byte, "
        "start_line, "
        "headers, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10)",
        {upload.id, upload.file_name, upload.size, upload.encoding, upload.separator,
         upload.has_header, upload.start_byte, upload.start_line, upload.headers, ctx.who.user});
    co_return;
}

}  // namespace

Task<Upload> take_upload(Ctx& ctx, const http::Request& request, const resources::Kind& kind,
                         const resources::TenantFacts& facts) {
    const http::UploadedFile& file = file_of(request);
    if (is_binary(file.path)) {
        throw invalid("file", "not_csv");
    }
    Upload upload;
    upload.id = Id::make();
    upload.file_name = shown_name(file.file_name);
    upload.size = static_cast<std::int64_t>(file.size);
    co_await ctx.tx.commit();  // no connection is kept waiting while a large file is read
    const std::string from = file.path, path = upload_path(ctx, upload.id);
    auto work = [from, path] {
        keep_file(from, path);
        return inspect(path);
    };
    const Inspection found = co_await offload(ctx.loop, std::move(work));
    const std::vector<Target> targets = targets_of(kind, facts);
    upload.has_header = looks_like_header(kind, targets, found.first);
    const CsvPosition start = upload.has_header ? found.after_first : found.layout.start;
    upload.start_byte = static_cast<std::int64_t>(start.offset);
    upload.start_line = static_cast<std::int64_t>(start.line);
    upload.encoding = encoding_name(found.encoding);
    upload.separator = std::string(1, found.layout.separator);
    upload.headers = trimmed_headers(found.first, upload.has_header);
    co_await write_upload(ctx, upload);
    co_return upload;
}

Task<Look> look_at(Ctx& ctx, const Upload& upload) {
    const std::string path = upload_path(ctx, upload.id);
    if (!fs::exists(path)) {
        throw not_found("upload");
    }
    const char separator = upload.separator.empty() ? ',' : upload.separator.front();
    const CsvPosition start{static_cast<std::uint64_t>(upload.start_byte),
                            static_cast<std::uint64_t>(upload.start_line)};
    auto work = [path, separator, start] { return look(path, separator, start); };
    Look found = co_await offload(ctx.loop, std::move(work));
    co_return found;
}

Task<> clean_uploads(Ctx& ctx, const CleanUploads&) {
    const std::string folder = ctx.app.settings.data_dir + "/uploads";
    auto work = [folder] {
        std::error_code error;
        const auto oldest = fs::file_time_type::clock::now() - kept_for;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            if (entry.is_regular_file(error) && entry.last_write_time(error) < oldest) {
                fs::remove(entry.path(), error);
            }
        }
    };
    co_await offload(ctx.loop, std::move(work));
}

}  // namespace ponte::imports

#include "kernel/http/multipart.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "kernel/http/header_text.hpp"
#include "kernel/http/part_head.hpp"
#include "kernel/id.hpp"
#include "kernel/log.hpp"
#include "kernel/storage.hpp"

namespace ponte::http {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;
constexpr std::size_t most_parts = 200, most_head_bytes = 8 * 1024;
constexpr std::size_t most_field_bytes = 1u << 20;  // of all fields together
constexpr std::size_t longest_boundary = 70;        // RFC 2046

std::size_t find(std::string_view text, std::string_view word) {
    const void* found = ::memmem(text.data(), text.size(), word.data(), word.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data())
                 : std::string_view::npos;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    constexpr std::string_view kind = "multipart/form-data";
    if (!is_same_word(content_type.substr(0, kind.size()), kind)) {
        return {};
    }
    auto boundary = header_parameter(content_type, "boundary");
    const bool is_sane = boundary && !boundary->empty() && boundary->size() <= longest_boundary;
    return is_sane ? boundary : std::nullopt;
}

// The delimiter begins with a line break; the first one may stand at the very start.
Multipart::Multipart(std::string_view boundary, std::string folder, Request& request)
    : delimiter_("\r\n--" + std::string(boundary)),
      folder_(std::move(folder)),
      request_(request),
      buffer_("\r\n") {}

Multipart::~Multipart() { close_file(); }

bool Multipart::fail(int status, std::string_view code) {
    problem_ = {status, code};
    return false;
}

bool Multipart::take(std::string_view bytes) {
    buffer_.append(bytes);
    while (!problem_ && step()) {
    }
    return !problem_;
}

// One step; false when more bytes are needed, or something is wrong.
bool Multipart::step() {
    switch (state_) {
        case State::preamble:
            return skip_preamble();
        case State::delimiter:
            return read_delimiter();
        case State::head:
            return read_head();
        case State::data:
            return read_data();
        case State::end:
            buffer_.clear();
            break;
    }
    return false;
}

bool Multipart::skip_preamble() {
    const auto at = find(buffer_, delimiter_);
    if (at == std::string_view::npos) {
        const std::size_t keep = std::min(buffer_.size(), delimiter_.size() - 1);
        buffer_.erase(0, buffer_.size() - keep);
        return false;
    }
    buffer_.erase(0, at + delimiter_.size());
    state_ = State::delimiter;
    return true;
}

// Behind a delimiter: two dashes end it all, a line break begins a part; blanks may come before.
bool Multipart::read_delimiter() {
    if (buffer_.starts_with("--")) {
        state_ = State::end;
        return true;
    }
    const auto at = buffer_.find_first_not_of(" \t");
    if (at == buffer_.npos || buffer_.size() < at + 2) {
        return buffer_.size() > most_head_bytes ? fail(400, "bad_request") : false;
    }
    if (buffer_.compare(at, 2, "\r\n") != 0) {
        return fail(400, "bad_request");
    }
    buffer_.erase(0, at + 2);
    state_ = State::head;
    return true;
}

bool Multipart::read_head() {
    const auto end = buffer_.find("\r\n\r\n");
    if (std::min(end, buffer_.size()) > most_head_bytes) {
        return fail(400, "bad_request");
    }
    if (end == buffer_.npos) {
        return false;
    }
    if (!begin_part(std::string_view(buffer_).substr(0, end))) {
        return false;
    }
    buffer_.erase(0, end + 4);
    state_ = State::data;
    return true;
}

bool Multipart::begin_part(std::string_view head) {
    auto part = parse_part_head(head);
    if (!part) {
        return fail(400, "bad_request");
    }
    if (++parts_ > most_parts) {
        return fail(413, "payload_too_large");
    }
    is_file_ = part->is_file;
    if (is_file_) {
        UploadedFile& file = request_.files.emplace_back();
        file.field = std::move(part->name);
        file.file_name = std::move(part->file_name);
        file.content_type = std::move(part->content_type);
        unsaved_.push_back({request_.files.size() - 1, {}});
        unsaved_bytes_ += 1;  // an empty file, too, is made
    } else {
        request_.form.emplace_back(std::move(part->name), std::string());
    }
    return true;
}

bool Multipart::read_data() {
    const auto at = find(buffer_, delimiter_);
    if (at != std::string_view::npos) {
        if (!add(std::string_view(buffer_).substr(0, at))) {
            return false;
        }
        buffer_.erase(0, at + delimiter_.size());
        state_ = State::delimiter;
        return true;
    }
    const std::size_t keep = std::min(buffer_.size(), delimiter_.size() - 1);
    add(std::string_view(buffer_).substr(0, buffer_.size() - keep));
    buffer_.erase(0, buffer_.size() - keep);
    return false;
}

bool Multipart::add(std::string_view bytes) {
    if (!is_file_) {
        field_bytes_ += bytes.size();
        if (field_bytes_ > most_field_bytes) {
            return fail(413, "payload_too_large");
        }
        request_.form.back().second += bytes;
        return true;
    }
    const std::size_t file = request_.files.size() - 1;
    if (unsaved_.empty() || unsaved_.back().file != file) {
        unsaved_.push_back({file, {}});
    }
    unsaved_.back().bytes += bytes;
    unsaved_bytes_ += bytes.size();
    request_.files.back().size += bytes.size();
    return true;
}

bool Multipart::has_full_block() const { return unsaved_bytes_ >= block_bytes; }

void Multipart::save() {
    if (!arriving_) {
        Storage& storage = storage_of(std::filesystem::path(folder_).parent_path());
        arriving_ = std::make_unique<Arriving>(storage, storage.asker_of(request_));
    }
    for (const Block& block : unsaved_) {
        // What was announced as small may not be, and many come at once.
        if (const auto full = arriving_->take(block.bytes.size()); !full.empty()) {
            fail(507, full);
            break;
        }
        if (!write_block(block)) {
            const bool is_full = errno == ENOSPC || errno == EDQUOT;
            log::error("an upload was not saved", {{"error", std::strerror(errno)}});
            fail(is_full ? 507 : 503, is_full ? "storage_full" : "unavailable");
            break;
        }
    }
    unsaved_.clear();
    unsaved_bytes_ = 0;
    if (is_complete()) {
        close_file();
    }
}

bool Multipart::open_file(std::size_t file) {
    if (open_ >= 0 && open_index_ == file) {
        return true;
    }
    close_file();
    UploadedFile& target = request_.files[file];
    std::string path = folder_ + "/upload-" + Id::make().text();
    open_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    open_index_ = file;
    if (open_ >= 0) {
        target.path = std::move(path);
    }
    return open_ >= 0;
}

bool Multipart::write_block(const Block& block) {
    if (!open_file(block.file)) {
        return false;
    }
    std::string_view rest = block.bytes;
    while (!rest.empty()) {
        const auto written = ::write(open_, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        rest.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

void Multipart::close_file() {
    if (open_ >= 0) {
        ::close(open_);
        open_ = -1;
    }
}

}  // namespace ponte::http

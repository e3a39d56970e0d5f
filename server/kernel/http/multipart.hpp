// Reads multipart/form-data as it arrives: files go to disk in blocks, fields to memory, both
// bounded. The caller pauses its client while a block is being written.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/http.hpp"
#include "kernel/http/request_parser.hpp"
#include "kernel/storage.hpp"

namespace ponte::http {

// The boundary of a multipart/form-data content type; nothing for any other.
std::optional<std::string> multipart_boundary(std::string_view content_type);

class Multipart {
public:
    Multipart(std::string_view boundary, std::string folder, Request& request);
    ~Multipart();
    Multipart(const Multipart&) = delete;
    Multipart& operator=(const Multipart&) = delete;

    bool take(std::string_view bytes);  // false: see problem()
    RequestParser::Problem problem() const { return problem_; }
    bool is_complete() const { return state_ == State::end; }

    std::size_t held_bytes() const { return unsaved_bytes_ + field_bytes_ + buffer_.size(); }
    bool has_block() const { return unsaved_bytes_ > 0; }
    bool has_full_block() const;
    // Writes what has come. Blocks: on the blocking pool, while nothing is taken.
    void save();

private:
    enum class State { preamble, delimiter, head, data, end };
    struct Block {
        std::size_t file;
        std::string bytes;
    };

    bool step();
    bool skip_preamble();
    bool read_delimiter();
    bool read_head();
    bool read_data();
    bool begin_part(std::string_view head);
    bool add(std::string_view bytes);
    bool fail(int status, std::string_view code);
    bool write_block(const Block& block);
    bool open_file(std::size_t file);
    void close_file();

    const std::string delimiter_;  // with its line break
    const std::string folder_;
    Request& request_;
    State state_ = State::preamble;
    std::string buffer_;
    bool is_file_ = false;
    std::size_t parts_ = 0, field_bytes_ = 0;
    std::vector<Block> unsaved_;
    std::size_t unsaved_bytes_ = 0;
    int open_ = -1;
    std::size_t open_index_ = 0;
    RequestParser::Problem problem_;
    std::unique_ptr<Arriving> arriving_;
};

}  // namespace ponte::http

// One call on its way: what libcurl is told of it, and what has come back so far.
#pragma once

#include <curl/curl.h>

#include <coroutine>
#include <memory>
#include <string>

#include "kernel/outbound.hpp"
#include "kernel/outbound/guard.hpp"

namespace ponte::outbound {

// An open file, or none.
class FileHandle {
public:
    FileHandle() = default;
    ~FileHandle();
    FileHandle(const FileHandle&) = delete;
    FileHandle& operator=(const FileHandle&) = delete;

    bool open(const std::string& path, int flags);
    bool is_open() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_ = -1;
};

struct Ways {  // what all calls of this process have in common
    Guard guard;
    std::string authorities;  // a file of certificates to trust; empty: the system's
};

class Transfer {
public:
    Transfer(const Ways& ways, Call call);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    CURL* handle() { return handle_; }
    void ended(CURLcode code);  // from libcurl
    bool has_ended() const { return has_ended_; }
    Answer take_answer() { return std::move(answer_); }

    std::coroutine_handle<>* waiter = nullptr;  // whoever waits for any of several

private:
    static std::size_t take_body(char* data, std::size_t, std::size_t size, void* self);
    static std::size_t take_header(char* data, std::size_t, std::size_t size, void* self);
    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* address);
    static std::size_t give_message(char* into, std::size_t, std::size_t room, void* self);
    static std::size_t give_file(char* into, std::size_t, std::size_t room, void* self);
    static int go_back_to(void* self, curl_off_t offset, int from);
    bool is_to_file();
    void set_all();
    void set_http();
    void set_http_body();
    void set_mail();
    Trouble trouble_of(CURLcode code) const;

    const Ways& ways_;
    const Call call_;
    CURL* handle_;
    curl_slist *headers_ = nullptr, *recipients_ = nullptr;
    std::uint64_t given_ = 0;  // of the message, or of the file
    FileHandle sent_file_, answer_file_;
    Answer answer_;
    bool was_refused_here_ = false, has_ended_ = false;
};

}  // namespace ponte::outbound

#include "kernel/outbound/transfer.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace ponte::outbound {
namespace {

constexpr std::size_t most_header_bytes = 16 * 1024;

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    curl_easy_setopt(handle, option, value);
}

bool is_mail(const Call& call) { return call.url.starts_with("smtp"); }

Guard::Speech speech_of(const Call& call) {
    if (is_mail(call)) {
        return call.must_encrypt ? Guard::Speech::encrypted_mail : Guard::Speech::clear;
    }
    return call.url.starts_with("https:") ? Guard::Speech::encrypted : Guard::Speech::clear;
}

}  // namespace

FileHandle::~FileHandle() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

bool FileHandle::open(const std::string& path, int flags) {
    constexpr mode_t ours_alone = 0600;
    number_ = ::open(path.c_str(), flags | O_CLOEXEC, ours_alone);
    return is_open();
}

Transfer::Transfer(const Ways& ways, Call call)
    : ways_(ways), call_(std::move(call)), handle_(curl_easy_init()) {
    if (!handle_) {
        throw std::bad_alloc();
    }
    for (const std::string& header : call_.headers) {
        headers_ = curl_slist_append(headers_, header.c_str());
    }
    // Nobody is asked whether the body may come: some receivers never answer that.
    headers_ = curl_slist_append(headers_, "Expect:");
    set_all();
}

Transfer::~Transfer() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
    curl_slist_free_all(recipients_);
}

void Transfer::set_all() {
    set(handle_, CURLOPT_PRIVATE, this);
    set(handle_, CURLOPT_URL, call_.url.c_str());
    set(handle_, CURLOPT_PROXY, "");
    set(handle_, CURLOPT_NOSIGNAL, 1L);
    set(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call_.connects_within.count()));
    set(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(call_.answers_within.count()));
    if (call_.stalls_for.count() > 0) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(call_.stalls_for);
        set(handle_, CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(handle_, CURLOPT_LOW_SPEED_TIME, static_cast<long>(seconds.count()));
    }
    set(handle_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open);
    set(handle_, CURLOPT_OPENSOCKETDATA, this);
    set(handle_, CURLOPT_WRITEFUNCTION, &Transfer::take_body);
    set(handle_, CURLOPT_WRITEDATA, this);
    set(handle_, CURLOPT_HEADERFUNCTION, &Transfer::take_header);
    set(handle_, CURLOPT_HEADERDATA, this);
    if (!ways_.authorities.empty()) {
        set(handle_, CURLOPT_CAINFO, ways_.authorities.c_str());
    }
    is_mail(call_) ? set_mail() : set_http();
}

void Transfer::set_mail() {
    set(handle_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle_, CURLOPT_USE_SSL,
        static_cast<long>(call_.must_encrypt ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    set(handle_, CURLOPT_MAIL_FROM, call_.mail_from.c_str());
    recipients_ = curl_slist_append(recipients_, call_.mail_to.c_str());
    set(handle_, CURLOPT_MAIL_RCPT, recipients_);
    if (!call_.user.empty()) {
        set(handle_, CURLOPT_USERNAME, call_.user.c_str());
        set(handle_, CURLOPT_PASSWORD, call_.password.c_str());
    }
    set(handle_, CURLOPT_UPLOAD, 1L);
    set(handle_, CURLOPT_READFUNCTION, &Transfer::give_message);
    set(handle_, CURLOPT_READDATA, this);
}

void Transfer::set_http() {
    set(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle_, CURLOPT_CUSTOMREQUEST, call_.method.c_str());
    set_http_body();
    if (call_.method == "HEAD") {
        set(handle_, CURLOPT_NOBODY, 1L);
    }
    set(handle_, CURLOPT_HTTPHEADER, headers_);
    set(handle_, CURLOPT_USERAGENT, "Ponte/1");
    // A redirect is an answer: it is never followed, wherever it leads.
    set(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
}

void Transfer::set_http_body() {
    if (!call_.body_of.path.empty()) {
        sent_file_.open(call_.body_of.path, O_RDONLY);  // give_file says when it is not there
        set(handle_, CURLOPT_UPLOAD, 1L);
        set(handle_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(call_.body_of.size));
        set(handle_, CURLOPT_READFUNCTION, &Transfer::give_file);
        set(handle_, CURLOPT_READDATA, this);
        set(handle_, CURLOPT_SEEKFUNCTION, &Transfer::go_back_to);
        set(handle_, CURLOPT_SEEKDATA, this);
    } else if (!call_.body.empty() || call_.method == "POST" || call_.method == "PUT") {
        set(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call_.body.size()));
        set(handle_, CURLOPT_POSTFIELDS, call_.body.data());
    }
}

// Block by block, whatever its size. Who sends a file has just written or hashed it: the system
// still has it in memory, so the loop does not wait for a disk here.
std::size_t Transfer::give_file(char* into, std::size_t, std::size_t room, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const FilePart& part = transfer.call_.body_of;
    const auto wanted = std::min<std::uint64_t>(room, part.size - transfer.given_);
    const auto at = static_cast<off_t>(part.begin + transfer.given_);
    const ssize_t got = ::pread(transfer.sent_file_.number(), into, wanted, at);
    if (got < 0 || (got == 0 && wanted > 0)) {
        return CURL_READFUNC_ABORT;
    }
    transfer.given_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
}

// A connection that was kept turned out to be closed: the body is sent once more on another one.
int Transfer::go_back_to(void* self, curl_off_t offset, int from) {
    if (from != SEEK_SET) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    static_cast<Transfer*>(self)->given_ = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

std::size_t Transfer::give_message(char* into, std::size_t, std::size_t room, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string& message = transfer.call_.body;
    const std::size_t size = std::min<std::size_t>(room, message.size() - transfer.given_);
    message.copy(into, size, transfer.given_);
    transfer.given_ += size;
    return size;
}

// What is checked here is what is connected to: between a check of the name and this, the name may
// have come to mean another machine.
curl_socket_t Transfer::open(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    const bool may_open = !transfer.was_refused_here_ &&
                          transfer.ways_.guard.allows(address->addr, speech_of(transfer.call_));
    if (!may_open) {
        transfer.was_refused_here_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                    address->protocol);
}

bool Transfer::is_to_file() {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return !call_.answer_file.empty() && status >= 200 && status < 300;
}

std::size_t Transfer::take_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (transfer.is_to_file()) {
        FileHandle& file = transfer.answer_file_;
        if (!file.is_open() &&
            !file.open(transfer.call_.answer_file, O_WRONLY | O_CREAT | O_TRUNC)) {
            return 0;
        }
        const ssize_t put = ::write(file.number(), data, size);  // less: the disk is full
        return static_cast<std::size_t>(std::max<ssize_t>(put, 0));
    }
    std::string& body = transfer.answer_.body;
    const std::size_t room = transfer.call_.most_bytes - body.size();
    body.append(data, std::min(size, room));
    transfer.answer_.is_cut = size > room;
    return transfer.answer_.is_cut ? 0 : size;  // 0 ends it
}

std::size_t Transfer::take_header(char* data, std::size_t, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::string line(data, size);
    line.erase(line.find_last_not_of("\r\n") + 1);
    if (line.starts_with("HTTP/")) {
        transfer.answer_.headers.clear();  // of an answer before the answer: 100, 103
        return size;
    }
    std::size_t held = line.size();
    for (const std::string& header : transfer.answer_.headers) {
        held += header.size();
    }
    if (!line.empty() && held <= most_header_bytes) {
        transfer.answer_.headers.push_back(std::move(line));
    }
    return size;
}

Trouble Transfer::trouble_of(CURLcode code) const {
    if (was_refused_here_) {
        return Trouble::private_place;
    }
    switch (code) {
        case CURLE_OK:
            return Trouble::none;
        case CURLE_URL_MALFORMAT:
            return Trouble::address;
        // Also of an answer without a head, taken for HTTP/0.9.
        case CURLE_UNSUPPORTED_PROTOCOL:
            return call_.url.starts_with("http") ? Trouble::broken : Trouble::address;
        case CURLE_COULDNT_RESOLVE_HOST:
            return Trouble::unknown_host;
        case CURLE_OPERATION_TIMEDOUT:
            return Trouble::timeout;
        case CURLE_COULDNT_CONNECT:
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
            return Trouble::unreachable;
        case CURLE_USE_SSL_FAILED:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_PEER_FAILED_VERIFICATION:
            return Trouble::certificate;
        default:
            return Trouble::broken;
    }
}

void Transfer::ended(CURLcode code) {
    has_ended_ = true;
    long status = 0;
    curl_off_t took_us = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle_, CURLINFO_TOTAL_TIME_T, &took_us);
    answer_.took = Milliseconds{took_us / 1000};
    // A mail server that has refused has answered.
    const bool is_refusal = is_mail(call_) && status >= 400;
    // Of an answer that is longer than wanted, the beginning is wanted.
    const bool is_ours = code == CURLE_WRITE_ERROR && answer_.is_cut;
    answer_.trouble = is_ours || is_refusal ? Trouble::none : trouble_of(code);
    answer_.status = answer_.trouble == Trouble::none ? static_cast<int>(status) : 0;
    if (answer_.status > 0 && is_to_file() && !answer_file_.is_open()) {  // of no bytes
        answer_file_.open(call_.answer_file, O_WRONLY | O_CREAT | O_TRUNC);
    }
}

}  // namespace ponte::outbound

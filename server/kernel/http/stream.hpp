// One TCP connection that never blocks, and the socket that accepts them. Reading and writing are
// plain system calls into the caller's memory; waiting costs no buffer, so that thousands of idle
// connections cost little. Lives on one loop.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kernel/loop.hpp"

namespace ponte::http {

// What waits for a stream. The stream's wait keeps it alive.
class StreamOwner {
public:
    virtual ~StreamOwner() = default;
    virtual void on_readable() = 0;
    virtual void on_writable() = 0;
};

class Stream {
public:
    enum class Outcome { done, would_block, closed };
    struct Transfer {
        Outcome outcome = Outcome::done;
        std::size_t bytes = 0;
    };

    struct Parts;
    explicit Stream(std::unique_ptr<Parts> parts);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    Transfer read(std::span<char> into);  // `closed`: the peer's end, or an error
    Transfer write(std::span<const iovec> parts);
    Transfer send_file(int file, std::size_t most_bytes);  // from the file's position
    void wait_readable(std::shared_ptr<StreamOwner> owner);
    void wait_writable(std::shared_ptr<StreamOwner> owner);
    void finish_sending();  // the peer sees our end; it may still send
    void close();
    void abort();  // the peer sees a reset: for those who were too slow
    bool is_open() const;

private:
    std::unique_ptr<Parts> parts_;
};

class Listener {
public:
    using Accept = std::function<void(std::unique_ptr<Stream> stream, std::string peer_address)>;

    // `listen` is "address:port"; several listeners of one process share the port.
    Listener(Loop& loop, std::string_view listen, Accept accept);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::string address() const;  // as bound: with the port that was free
    void start();
    void close();  // on the loop

    // Throws when somebody else listens there: sharing a port hides that.
    static void check_free(Loop& loop, std::string_view listen);

private:
    struct Parts;
    std::shared_ptr<Parts> parts_;
};

}  // namespace ponte::http

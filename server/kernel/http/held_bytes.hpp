// Counts what clients have begun to send, in bytes, for each address and for all together. A few
// hundred connections that never finish must not become a few hundred megabytes.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "kernel/http.hpp"

namespace ponte::http {

class HeldBytes {
public:
    explicit HeldBytes(HeldLimits limits) : limits_(limits) {}
    HeldBytes(const HeldBytes&) = delete;
    HeldBytes& operator=(const HeldBytes&) = delete;

    // What one connection holds; let go of when this goes.
    class Share {
    public:
        Share(HeldBytes& all, std::string_view address);
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;
        ~Share();
        bool hold(std::size_t bytes);  // in all; false: too much, and nothing has changed

    private:
        HeldBytes& all_;
        const std::string address_;
        std::size_t counted_ = 0;
    };

    std::size_t total() const;

private:
    bool change(const std::string& address, std::size_t from, std::size_t to);

    const HeldLimits limits_;
    mutable std::mutex mutex_;
    std::size_t total_ = 0;
    std::map<std::string, std::size_t> of_address_;
};

}  // namespace ponte::http

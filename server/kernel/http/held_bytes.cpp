#include "kernel/http/held_bytes.hpp"

#include "kernel/auth/address.hpp"

namespace ponte::http {

HeldBytes::Share::Share(HeldBytes& all, std::string_view address)
    : all_(all), address_(auth::address_key(address)) {}

HeldBytes::Share::~Share() {
    if (counted_ > 0) {
        all_.change(address_, counted_, 0);
    }
}

bool HeldBytes::Share::hold(std::size_t bytes) {
    const std::size_t uncounted = all_.limits_.uncounted;
    const std::size_t counted = bytes > uncounted ? bytes - uncounted : 0;
    if (counted != counted_) {
        if (!all_.change(address_, counted_, counted)) {
            return false;
        }
        counted_ = counted;
    }
    return true;
}

// Less is always possible, also where there is too much already.
bool HeldBytes::change(const std::string& address, std::size_t from, std::size_t to) {
    const std::lock_guard lock(mutex_);
    std::size_t& of_address = of_address_[address];
    const bool grows = to > from;
    const bool fits =
        of_address - from + to <= limits_.of_address && total_ - from + to <= limits_.of_all;
    if (!grows || fits) {
        of_address = of_address - from + to;
        total_ = total_ - from + to;
    }
    if (of_address == 0) {
        of_address_.erase(address);
    }
    return !grows || fits;
}

std::size_t HeldBytes::total() const {
    const std::lock_guard lock(mutex_);
    return total_;
}

}  // namespace ponte::http

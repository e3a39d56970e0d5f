// All that people may be told of, as it was declared.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "kernel/notification.hpp"

namespace ponte::notifications {

class Registry {
public:
    Notification& declare(Notification notification);
    const Notification* find(std::string_view kind) const;
    std::vector<const Notification*> of(const Event& event) const;
    const std::vector<std::unique_ptr<Notification>>& all() const { return all_; }

private:
    std::vector<std::unique_ptr<Notification>> all_;
};

}  // namespace ponte::notifications

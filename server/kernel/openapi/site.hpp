// The contract and its documentation as they are served: made at the first question, then kept,
// since what is declared does not change while the program runs.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <string>

#include "kernel/openapi/openapi.hpp"

namespace ponte::openapi {

struct Published {
    std::shared_ptr<const std::string> body;
    std::string etag;
};

class Site {
public:
    explicit Site(Services& services);
    const Published& contract();                // openapi.json
    const Published& guide(Language language);  // the page for people

private:
    Services& services_;
    std::once_flag contract_made_;
    std::array<std::once_flag, 2> guide_made_;
    Published contract_;
    std::array<Published, 2> guides_;
};

}  // namespace ponte::openapi

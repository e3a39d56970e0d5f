// Of an address what may be shown: no query, nobody's name, no password, no token.
#pragma once

#include <string>
#include <string_view>

namespace ponte::outbound {

struct Whom {
    std::string host, path;
};
Whom whom_of(std::string_view url);
bool is_mail(std::string_view url);

}  // namespace ponte::outbound

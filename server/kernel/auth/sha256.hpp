// SHA-256 of bytes as they come, for what others compute as well: files, signatures of vendors.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace ponte::auth {

class Sha256 {
public:
    Sha256();
    void add(std::string_view bytes);
    std::string hex();  // once, at the end

private:
    alignas(16) std::array<unsigned char, 208> state_{};
};

}  // namespace ponte::auth

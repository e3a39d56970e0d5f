#include "kernel/audit/anchor.hpp"

#include <sstream>

#include "kernel/auth.hpp"

namespace ponte::audit {

std::string Anchor::line() const {
    return at + " " + company.text() + " " + std::to_string(number) + " " + hash + " " + signature;
}

std::string signature_of(const Anchor& anchor, std::string_view secret) {
    Anchor bare = anchor;
    bare.signature.clear();
    return auth::digest("audit anchor\n" + std::string(secret) + "\n" + bare.line());
}

std::optional<Anchor> anchor_in(std::string_view line, std::string_view secret) {
    std::istringstream words{std::string(line)};
    Anchor anchor;
    std::string company;
    if (!(words >> anchor.at >> company >> anchor.number >> anchor.hash >> anchor.signature)) {
        return {};
    }
    anchor.company = Id::parse(company).value_or(Id{});
    if (anchor.signature != signature_of(anchor, secret)) {
        return {};
    }
    return anchor;
}

}  // namespace ponte::audit

#include "kernel/openapi/site.hpp"

#include "kernel/openapi/page.hpp"

namespace ponte::openapi {
namespace {

Published published(std::string body) {
    std::string etag = "\"" + auth::digest(body).substr(0, 32) + "\"";
    return {std::make_shared<const std::string>(std::move(body)), std::move(etag)};
}

}  // namespace

Site::Site(App& app) : app_(app) {}

const Published& Site::contract() {
    std::call_once(contract_made_, [this] { contract_ = published(openapi_json(app_)); });
    return contract_;
}

const Published& Site::guide(Language language) {
    const auto which = static_cast<std::size_t>(language);
    std::call_once(guide_made_[which], [&] {
        const Declared declared{app_.routes(), app_.entities()};
        guides_[which] = published(page(document(declared, language), language));
    });
    return guides_[which];
}

}  // namespace ponte::openapi

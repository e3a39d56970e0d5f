#include "kernel/openapi/site.hpp"

#include "kernel/http/route_table.hpp"
#include "kernel/openapi/page.hpp"
#include "kernel/services.hpp"

namespace ponte::openapi {
namespace {

Published published(std::string body) {
    std::string etag = "\"" + auth::digest(body).substr(0, 32) + "\"";
    return {std::make_shared<const std::string>(std::move(body)), std::move(etag)};
}

}  // namespace

Site::Site(Services& services) : services_(services) {}

const Published& Site::contract() {
    std::call_once(contract_made_, [this] { contract_ = published(openapi_json(services_)); });
    return contract_;
}

const Published& Site::guide(Language language) {
    const auto which = static_cast<std::size_t>(language);
    std::call_once(guide_made_[which], [&] {
        const Declared declared{services_.routes().all(), services_.entities()};
        guides_[which] = published(page(document(declared, language), language));
    });
    return guides_[which];
}

}  // namespace ponte::openapi

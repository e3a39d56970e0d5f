// A store of objects on the loopback that believes no signature (tools/peers/s3), and what it saw.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "kernel/services.hpp"
#include "kernel/testing/api.hpp"
#include "kernel/testing/peer.hpp"
#include "kernel/testing/temporary_directory.hpp"

namespace ponte::testing {

class Objects {
public:
    Objects();

    ObjectStore settings() const;  // that it takes
    const std::string& url() const { return peer_.url(); }
    // What it does from now on, and forgets what it saw: {"busy": 2, "match": "PUT"}; nothing: as
    // usual. See gate.mjs.
    void tell(const Body& what = Json::object());
    // How many requests began so: "PUT", "POST /crm/tenants".
    int seen(std::string_view begins);
    int refused();
    void age(std::chrono::hours by);  // of all that is there
    int uploads();                    // begun in parts, and neither whole nor given up

private:
    Json asked();

    TemporaryDirectory folder_;
    Peer peer_;
};

}  // namespace ponte::testing

// What the rooms of the kernel ask of each other, by name: a request and a job reach it through
// their Ctx. This header knows none of them; who uses one includes it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ponte {

class Announcer;
class EventFeed;
class Followers;
class Jobs;
class Loops;
class ModuleSettings;
class Rights;
class RouteTable;
struct People;

namespace auth {
struct Keys;
class Sessions;
}  // namespace auth
namespace db {
class Database;
}
namespace events {
class Origins;
}
namespace files {
class Store;
}
namespace listeners {
class Listeners;
}
namespace notifications {
class Registry;
}
namespace openapi {
class Site;
}
namespace outbound {
class Outbound;
}
namespace realtime {
class Hub;
}
namespace records {
class Catalogue;
}

// The installation's own, for companies that have none of theirs.
struct MailServer {
    std::string host, security = "starttls", user, password, from;  // SMTP_…
    int port = 587;
};

// A store of objects that speaks S3, shared by all nodes; none as long as `bucket` is empty.
struct ObjectStore {
    std::string bucket, region;                // S3_BUCKET_NAME, AWS_REGION
    std::string key_id, secret, session;       // AWS_ACCESS_KEY_ID…; session: of borrowed keys
    std::string endpoint;                      // PONTE_S3_ENDPOINT: "http://minio:9000"; AWS else
    std::string public_url;                    // PONTE_S3_PUBLIC_URL: as browsers reach it
    bool is_in_path = false;                   // PONTE_S3_PATH_STYLE: not in the host
    std::uint64_t nearby_bytes = 1024u << 20;  // PONTE_S3_NEARBY_MB: of copies on this machine

    std::string origin() const;  // of what browsers get there; empty: they get nothing there
};

struct Settings {
    std::string listen = "127.0.0.1:8080";
    std::string data_dir = "data";
    std::string role = "all";      // all | web | worker
    std::string database_url;      // empty: embedded PostgreSQL
    std::string app_database_url;  // optional: log in as the application's role with this
    std::string timezone = "America/Sao_Paulo";
    unsigned threads = 0;            // 0: one per core
    int access_token_s = 24 * 3600;  // JWT_ACCESS_TOKEN_EXPIRES
    bool rate_limit = true;          // PONTE_RATE_LIMIT=off: benchmarks only
    bool trust_proxy = false;
    std::string allow_private;     // PONTE_ALLOW_PRIVATE: addresses that outgoing calls may reach
    std::string authorities_file;  // PONTE_CA_FILE: whom outgoing calls trust; empty: the system's
    std::string public_url;        // DOMAIN: "https://crm.exemplo.com.br", without a slash
    MailServer mail;
    bool demo = false;
    std::uint64_t file_bytes = 50u << 20;  // PONTE_FILE_MB: of one file
    ObjectStore objects;
};

// False only when nobody else can be connected: everything in one process on its own database.
bool others_may_exist(const Settings& settings);

// Put together by Kernel, which owns what stands behind each name; none changes afterwards.
class Services {
public:
    Services(const Settings& settings_, const auth::Keys& keys_, Loops& loops_)
        : settings(settings_), keys(keys_), loops(loops_) {}
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    const Settings& settings;
    const auth::Keys& keys;
    Loops& loops;
    db::Database& database() const { return *database_; }
    auth::Sessions& sessions() const { return *sessions_; }
    const People& people() const { return *people_; }
    Rights& rights() const { return *rights_; }
    EventFeed& feed() const { return *feed_; }
    Followers& followers() const { return *followers_; }
    Announcer& announcer() const { return *announcer_; }
    events::Origins& origins() const { return *origins_; }
    Jobs& jobs() const { return *jobs_; }
    listeners::Listeners& listeners() const { return *listeners_; }
    records::Catalogue& entities() const { return *entities_; }
    ModuleSettings& company_settings() const { return *company_settings_; }
    RouteTable& routes() const { return *routes_; }
    realtime::Hub& realtime() const { return *realtime_; }
    openapi::Site& documentation() const { return *documentation_; }
    outbound::Outbound& outbound() const { return *outbound_; }
    files::Store& files() const { return *files_; }
    notifications::Registry& notifications() const { return *notifications_; }

private:
    friend class App;  // says who keeps the people
    friend class Kernel;
    db::Database* database_ = nullptr;
    auth::Sessions* sessions_ = nullptr;
    const People* people_ = nullptr;
    Rights* rights_ = nullptr;
    EventFeed* feed_ = nullptr;
    Followers* followers_ = nullptr;
    Announcer* announcer_ = nullptr;
    events::Origins* origins_ = nullptr;
    Jobs* jobs_ = nullptr;
    listeners::Listeners* listeners_ = nullptr;
    records::Catalogue* entities_ = nullptr;
    ModuleSettings* company_settings_ = nullptr;
    RouteTable* routes_ = nullptr;
    realtime::Hub* realtime_ = nullptr;
    openapi::Site* documentation_ = nullptr;
    outbound::Outbound* outbound_ = nullptr;
    files::Store* files_ = nullptr;
    notifications::Registry* notifications_ = nullptr;
};

}  // namespace ponte

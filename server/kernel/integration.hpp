// The declaration of another system that a company can use: facts only. The catalogue, the form of
// its settings, where its secrets are kept, the way to connect and its health follow from it
// (decision 0149). Who connects it is modules/connections; vendors stand in server/integrations.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/field.hpp"
#include "kernel/task.hpp"

namespace ponte {

class App;
class Ctx;
struct Settings;

// A provider of OAuth 2.0: where it is and what is asked of it.
struct OAuthProvider {
    std::string_view callback;  // "google": people come back to <DOMAIN>/auth/google/callback
    std::string_view issuer;    // of the tokens that say who somebody is (OpenID)
    std::string_view authorize_url, token_url, revoke_url, profile_url, keys_url;
    std::string_view scopes;           // of a connection, separated by blanks
    std::string_view required_scopes;  // those of them that it is of no use without
    std::string_view sign_in_scopes;   // enough to know who somebody is
    std::string_view more;             // what else the first address says: "access_type=offline"
    // What the installation presets, by variables of its environment.
    std::string_view client_id_variable, client_secret_variable;
    std::string_view base_variable;  // its addresses begin with that instead: another host
};

// How it is with what needs no connection of its own: the database, mail.
struct IntegrationHealth {
    enum class State : std::uint8_t { unused, well, needs_attention };
    State state = State::unused;
    std::string problem = {};  // a word of `integration.problem.…`
    std::string detail = {};   // "PostgreSQL 15.6"
};

struct Integration {
    enum class Type : std::uint8_t {
        messaging,
        automation,
        database,
        analytics,
        payment,
        crm,
        ai,
        storage,
        email,
        notifications,
    };
    // How it is set up.
    enum class SetUp : std::uint8_t { automatic, manual, oauth, api_key, credentials };
    enum class Stage : std::uint8_t { active, beta, planned };

    std::string_view name;  // "google"; its words begin with "integration.google"
    Type type = Type::automation;
    SetUp set_up = SetUp::manual;
    Stage stage = Stage::active;
    std::span<const Field> fields = {};    // of a connection, secrets included
    const OAuthProvider* oauth = nullptr;  // there are connections of it
    Task<IntegrationHealth> (*health)(Ctx&) = nullptr;
    std::string_view place = {};  // the screen that it is set up on, when there is another: "mail"
    bool has_several = false;     // connections
};
std::string_view name_of(Integration::Type type);
std::string_view name_of(Integration::SetUp set_up);
std::string_view name_of(Integration::Stage stage);

// Those that this program knows, in the order in which they are declared, and what the environment
// presets of them.
class Integrations {
public:
    void add(const Integration& integration);  // once, however often it is said
    std::vector<const Integration*> all() const;
    const Integration* find(std::string_view name) const;  // null when there is none

    // GOOGLE_CLIENT_ID…, by the names that they declare; empty when the environment says nothing.
    void preset(std::string_view variable, std::string value);
    std::string preset_of(std::string_view variable) const;

private:
    mutable std::mutex mutex_;
    std::vector<const Integration*> all_;
    std::map<std::string, std::string, std::less<>> presets_;
};

// Of the program with these settings.
Integrations& integrations_of(const Settings& settings);

// In a module's or an integration's `declare`.
void declare_integration(App& app, const Integration& integration);

}  // namespace ponte

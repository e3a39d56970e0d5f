#include "modules/customers/customers.hpp"

#include "kernel/app.hpp"
#include "modules/customers/contact.hpp"
#include "modules/customers/contact_routes.hpp"
#include "modules/customers/document.hpp"
#include "modules/customers/mentions.hpp"
#include "modules/customers/note.hpp"
#include "modules/customers/settings.hpp"
#include "modules/customers/tag.hpp"

namespace ponte::customers {

void declare(App& app) {
    // Own routes stand before the entities: the first declaration of a route wins.
    declare_settings(app);
    declare_stats_route(app);
    declare_duplicates_route(app);
    declare_whatsapp_routes(app);
    app.entity(tag_entity);  // contacts point to tags
    app.entity(contact_entity);
    app.entity(note_entity);
    app.entity(document_entity);
    app.notify("note.*", "note.mentioned", newly_mentioned).mailed();
}

}  // namespace ponte::customers

#include "kernel/notifications/notifications.hpp"

#include "kernel/app.hpp"
#include "kernel/notifications/bell.hpp"
#include "kernel/notifications/choices.hpp"
#include "kernel/notifications/digest.hpp"
#include "kernel/notifications/known.hpp"
#include "kernel/notifications/note.hpp"
#include "kernel/notifications/push.hpp"

namespace ponte::notifications {

void declare(App& app) {
    declare_bell(app);
    declare_choices(app);
    declare_digest(app);
    declare_known(app);
    declare_push(app);
    app.on_all("*", "notifications.note", note).each_of_bulks();
}

}  // namespace ponte::notifications

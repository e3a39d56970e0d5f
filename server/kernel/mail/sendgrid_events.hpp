// What SendGrid tells of the mails that it was handed: delivered, bounced, complained about.
#pragma once

namespace ponte {
class App;
}

namespace ponte::mail {

// POST /webhooks/sendgrid/{company}: signed with the key of the company's mail settings.
void declare_sendgrid_events(App& app);

}  // namespace ponte::mail

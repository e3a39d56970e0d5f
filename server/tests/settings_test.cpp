// The environment as the seeds write it is understood.
#include "settings.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "kernel/testing/temporary_directory.hpp"

namespace ponte {
namespace {

class SettingsTest : public ::testing::Test {
protected:
    // A file says what the environment would.
    Settings read(const std::string& lines) {
        std::ofstream(folder_.path() + "/ponte.conf") << lines;
        std::string data = folder_.path();
        std::string program = "ponte", command = "serve", flag = "--data";
        char* words[] = {program.data(), command.data(), flag.data(), data.data()};
        Arguments arguments(4, words);
        return read_settings(arguments);
    }

private:
    testing::TemporaryDirectory folder_;
};

TEST_F(SettingsTest, the_mail_server_is_told_in_four_variables) {
    const Settings settings = read(
        "SMTP_SERVER=smtp.gmail.com\nSMTP_PORT=587\nSMTP_USERNAME=crm@empresa.com.br\n"
        "SMTP_PASSWORD=segredo\n");

    EXPECT_EQ(settings.mail.host, "smtp.gmail.com");
    EXPECT_EQ(settings.mail.port, 587);
    EXPECT_EQ(settings.mail.user, "crm@empresa.com.br");
    EXPECT_EQ(settings.mail.password, "segredo");
    EXPECT_EQ(settings.mail.from, "crm@empresa.com.br") << "mail comes from who signs in";
    EXPECT_EQ(read("SMTP_HOST=m.exemplo\nSMTP_FROM=a@b.co\nSMTP_USER=x\n").mail.user, "x");
    EXPECT_THROW(read("SMTP_SERVER=m.exemplo\nSMTP_USERNAME=apikey\n"), UsageError);
    EXPECT_THROW(read("SMTP_SERVER=m.exemplo\nSMTP_PORT=mil\nSMTP_FROM=a@b.co\n"), UsageError);
}

}  // namespace
}  // namespace ponte

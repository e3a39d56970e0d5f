#include "modules/sales/tests/given.hpp"

namespace ponte::sales {
namespace {

using testing::Reply;
using testing::Saved;

class ProposalDocumentsTest : public SalesTest {
protected:
    Reply attach(testing::Api& as, const Saved& to) {
        const Reply file = as.upload("/api/v1/files", {}, "aceite.pdf", "%PDF-1.7 ...");
        return as.post("/api/v1/proposal-documents",
                       {{"proposalId", to.id}, {"fileId", file.id()}, {"name", "Aceite"}});
    }
};

TEST_F(ProposalDocumentsTest, come_and_go_also_when_the_proposal_stands) {
    const Saved offer = proposal();
    ASSERT_EQ(api.post(offer.path + "/accept").status, 200);

    const Reply made = attach(api, offer);

    ASSERT_EQ(made.status, 201) << made.shown();
    EXPECT_EQ(made["file"]["name"], "aceite.pdf");
    EXPECT_EQ(made["proposal"]["title"], "Mobília da loja");
    EXPECT_EQ(api.del("/api/v1/proposal-documents/" + made.id()).status, 204);
}

TEST_F(ProposalDocumentsTest, who_only_reads_proposals_reads_their_documents) {
    testing::Person& agent = company.user("agent");
    const Saved offer = proposal();
    const Reply made = attach(api, offer);

    EXPECT_EQ(agent.api.get("/api/v1/files/" + made["fileId"].as_string() + "/content").status,
              200);
    EXPECT_EQ(attach(agent.api, offer).status, 403);
}

}  // namespace
}  // namespace ponte::sales

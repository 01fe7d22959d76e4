"""Move-up through its front door: proposed with figures, ordered, declined with a reason."""

from goldenhour.log.live.rebuild import rebuild
from tests.site.conftest import new_id


def test_a_unit_drives_to_its_post_and_is_available_all_the_while(desk):
    posts = [one["id"] for one in desk.get("/api/board")["stations"]]
    body = {"id": new_id(), "unit": "town/M12", "post": posts[-1]}

    assert desk.post("/api/move-up", **body) == (204, None)
    assert desk.post("/api/move-up", **body) == (204, None)

    unit = desk.unit("M12")
    assert (unit["mark"], unit["post"]) == ("AV", posts[-1])
    status, said = desk.post("/api/move-up", id=new_id(), unit="town/M12", post=posts[-1])
    assert (status, said["code"]) == (409, "there_already")
    call = desk.take_call()
    desk.assign(call, "M12")
    assert desk.unit("M12")["post"] is None  # A post holds until the next call.
    status, said = desk.post("/api/move-up", id=new_id(), unit="town/M12", post=posts[0])
    assert (status, said["what"]) == (409, "M12 is notified: it cannot be moved up.")
    assert desk.names().count("dispatch.unit_moved_up") == 1
    assert rebuild().differences == []


def test_a_proposal_is_refused_with_a_reason_and_unknown_posts_are_not_there(desk):
    said = desk.get("/api/move-up")
    assert said["why_not"] or said["moves"] is not None
    post = desk.get("/api/board")["stations"][0]["id"]

    assert desk.post("/api/move-up/decline", id=new_id(), unit="town/M12", post=post, reason="Crew rests.") == (
        204,
        None,
    )
    assert desk.post("/api/move-up/decline", id=new_id(), unit="town/M12", post=post)[0] == 422
    assert desk.post("/api/move-up", id=new_id(), unit="town/M12", post="nowhere")[1]["code"] == "no_post"

"""Two cookies and no third: the session and the token against forged forms (LEK 9:28)."""


def test_word_of_what_was_done_travels_in_the_session_and_not_in_a_cookie_of_its_own(world):
    client = world.client("chef", "kontaktcentrum")
    person = world.person("kontaktcentrum", alias="Selam")
    address = f"/person/{person.id}/hushall/"
    done = client.post(f"{address}barn/", {"children_0_6": 1})
    assert set(done.cookies) <= {"sessionid", "csrftoken"}
    assert "Sparat." in client.get(address).content.decode()
    assert set(client.cookies) <= {"sessionid", "csrftoken"}

SELECT exists(SELECT FROM views.erased_people WHERE person_id = $1)

# The ID is the role's name; its cluster comes from COVEY_ACCESS_KEY or the provider's access_key.
COVEY_ACCESS_KEY="$(cat /root/prod.access-key)" terraform import covey_role.web eng/web
